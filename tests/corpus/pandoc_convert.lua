-- Converts many texts in one run of pandoc: `folder`/0.in … become `folder`/0.out …
-- The reader and writer, `from` and `to`, are those of pandoc's command line.
function Pandoc(document)
  local function said(key) return pandoc.utils.stringify(document.meta[key]) end
  for number = 0, tonumber(said("count")) - 1 do
    local stem = said("folder") .. "/" .. number
    local source = assert(io.open(stem .. ".in", "rb"))
    local read = pandoc.read(source:read("a"), said("from"))
    source:close()
    local target = assert(io.open(stem .. ".out", "wb"))
    target:write(pandoc.write(read, said("to"), { wrap_text = "wrap-none", columns = 100000 }))
    target:close()
  end
end

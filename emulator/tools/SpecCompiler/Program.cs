using SpecCompiler;

// SpecCompiler FOLDER OUT [DOCUMENT...]: reads twilio_<document>.json from FOLDER (the npm package @twilio/cli-core keeps them
// under src/services/twilio-api) and writes OUT/<document>.json and OUT/index.json. Without documents: those OUT already holds.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: SpecCompiler FOLDER OUT [DOCUMENT...]");
    return 2;
}

var (folder, output) = (args[0], args[1]);
var names = args.Length > 2
    ? args[2..]
    : [.. Directory.EnumerateFiles(output, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "index")];
var compiled = new List<CompiledDocument>();
foreach (var name in names.Order(StringComparer.Ordinal))
{
    var file = Path.Combine(folder, $"twilio_{name}.json");
    if (!File.Exists(file))
    {
        Console.Error.WriteLine($"{file}: no such document");
        return 1;
    }
    var document = DocumentReader.Read(name, File.ReadAllBytes(file));
    CatalogWriter.Write(document, Path.Combine(output, $"{name}.json"));
    Console.WriteLine($"{name}: {document.Operations.Count} operations, {document.Shapes.Count} shapes");
    compiled.Add(document);
}
CatalogWriter.WriteIndex(compiled, Path.Combine(output, "index.json"));
return 0;

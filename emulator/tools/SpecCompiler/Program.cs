using SpecCompiler;

// SpecCompiler FOLDER OUT [DOCUMENT...]: reads twilio_<document>.json from FOLDER (the npm package @twilio/cli-core keeps them
// under src/services/twilio-api) and writes OUT/<document>.txt and OUT/index.txt. Without documents: all of FOLDER.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: SpecCompiler FOLDER OUT [DOCUMENT...]");
    return 2;
}

var (folder, output) = (args[0], args[1]);
var names = args.Length > 2
    ? args[2..]
    : [.. Directory.EnumerateFiles(folder, "twilio_*.json").Select(f => Path.GetFileNameWithoutExtension(f)["twilio_".Length..])];
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
    CatalogWriter.Write(document, Path.Combine(output, $"{name}.txt"));
    Console.WriteLine($"{name}: {document.Operations.Count} operations, {document.Shapes.Count} shapes");
    compiled.Add(document);
}
CatalogWriter.WriteIndex(compiled, Path.Combine(output, "index.txt"));
return 0;

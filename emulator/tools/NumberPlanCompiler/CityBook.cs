using System.Buffers.Binary;
using System.Text;

namespace NumberPlanCompiler;

/// <summary>Cities by number prefix, as libphonenumber's geocoder knows them: <c>415202</c> is <c>San Francisco, CA</c>.</summary>
/// <remarks>The file is one flat BSON document of strings (bsonspec.org): int32 length, then per element 0x02, name, NUL, int32 length, text, NUL.</remarks>
internal sealed class CityBook
{
    private readonly Dictionary<string, Dictionary<(string City, string Region), SortedSet<string>>> _byArea = [];
    private readonly Dictionary<string, (string City, string Region)> _wholeArea = [];

    public static CityBook Read(string file)
    {
        var book = new CityBook();
        var bytes = File.ReadAllBytes(file).AsSpan();
        var at = 4;
        while (bytes[at] == 0x02)
        {
            var nameLength = bytes[(at + 1)..].IndexOf((byte)0);
            var name = Encoding.UTF8.GetString(bytes.Slice(at + 1, nameLength));
            at += nameLength + 2;
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
            book.Add(name, Encoding.UTF8.GetString(bytes.Slice(at + 4, length - 1)));
            at += 4 + length;
        }
        return book;
    }

    /// <summary>The cities of an area code with their exchanges, those with the most first.</summary>
    public IEnumerable<((string City, string Region) Place, SortedSet<string> Exchanges)> Of(string area) => _byArea.TryGetValue(area, out var cities)
        ? cities.OrderByDescending(c => c.Value.Count).ThenBy(c => c.Key.City, StringComparer.Ordinal).Select(c => (c.Key, c.Value))
        : [];

    /// <summary>The one city of an area code that has but one.</summary>
    public (string City, string Region)? Whole(string area) => _wholeArea.TryGetValue(area, out var place) ? place : null;

    private void Add(string prefix, string description)
    {
        if (description == "Washington D.C.") description = "Washington, DC";
        // "City, ST" only: "South 7th Street, Minneapolis, MN" and plain states are passed over.
        if (description.Split(", ") is not [var city, { Length: 2 } region] || prefix.Length is < 3 or > 6) return;
        var area = prefix[..3];
        if (prefix.Length == 3)
        {
            _wholeArea[area] = (city, region);
            return;
        }
        if (!_byArea.TryGetValue(area, out var cities)) _byArea[area] = cities = [];
        if (!cities.TryGetValue((city, region), out var exchanges)) cities[(city, region)] = exchanges = new SortedSet<string>(StringComparer.Ordinal);
        var open = 6 - prefix.Length;
        for (var i = 0; i < Math.Pow(10, open); i++) exchanges.Add(prefix[3..] + (open == 0 ? "" : i.ToString($"D{open}", null)));
    }
}

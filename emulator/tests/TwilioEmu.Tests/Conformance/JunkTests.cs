using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Tests.Conformance;

/// <summary>
/// Every operation of every public document, asked soundly but for one value, which is junk: whatever the answer, it is none of our faults.
/// </summary>
public sealed class JunkTests(ITestOutputHelper output)
{
    private const string Placeholder = "@@junk@@";
    private const int TriesPerOperation = 3;

    private static readonly ApiCatalog Catalog = ApiCatalog.Open();

    // As a parameter's text. What clients send by mistake, what fuzzers send on purpose, what parsers of ours choke on first.
    private static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\uFFFF", "\U0001F600", "\u202Eabc", "\r\nX: y", "%", "%00", "../../..", "{", "[", "\"", "null", "true",
        "{}", "[]", "[[[]]]", "[null]", "{\"a\":null}",
        "{\"a\":\"\\ud800\"}", "\"\\udc00\"", "{\"\\ud800\":1}", "[\"\\ud83d\\ude00\"]", "{\"a\":1,\"a\":2}", "{\"a\":1e999}", "1e400",
        "[{\"iso_code\":5}]",
        "NaN", "Infinity", "-Infinity", "1e308", "-1", "0", "0x10", "1.5", "2147483648", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "99999999999999999999999",
        "9999-12-31", "9999-12-31T23:59:59Z", "0001-01-01", "0001-01-01T00:00:00+14:00", "2026-02-30", "2026-13-01T99:99:99Z",
        "Thu, 99 Foo 2026 00:00:00 +0000",
        "http://", "http://[", "http://[::1", "http://a:99999/", "http:///x", "//", "sip:", "sip:@", "sips:a@[::1]:99999",
        "file:///etc/passwd", "javascript:alert(1)", "http://\uD7FF.example",
        "+", "+0", "+1", "+99999999999999999999", "tel:+1", "whatsapp:", "whatsapp:+", "client:", "messenger:\0", "AC", "AC\u0660",
        "PN" + Zeros, "AC" + Zeros, "ZZ" + Zeros,
        "POST", "*", "1;2", "1,2,,", "a=b&c=d", "<Response/>", "<Response><Say>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
    ];

    // As a member's value of a JSON body, beside the texts above.
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e308", "99999999999999999999999", "\"\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "[]", "{}",
        "[null]", "[[]]", "[{}]", "{\"a\":{}}", "[1,\"a\",null,{}]",
    ];

    private const string Zeros = "00000000000000000000000000000000";

    public static TheoryData<string> Documents() => [.. Catalog.Documents.Where(d => d.Operations.Count > 0).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Junk_in_any_place_is_never_a_fault_of_ours(string name)
    {
        var seed = int.TryParse(
            Environment.GetEnvironmentVariable("FUZZ_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var given)
            ? given
            : 1;
        output.WriteLine($"FUZZ_SEED={seed}");
        var random = new Random(HashOf(name, seed));
        await using var surveyor = await Surveyor.BeginAsync(Catalog, name);
        var faults = new List<string>();
        foreach (var operation in surveyor.Document.Operations.OrderBy(o => o.Method == "DELETE"))
        {
            if (await surveyor.PathAsync(operation) is not { } path) continue;
            for (var i = 0; i < TriesPerOperation; i++)
            {
                var (asked, body, type) = Spoil(surveyor, operation, path, random);
                var reply = await surveyor.SendAsync(operation.Method, asked, body, type);
                // 501 is what is not built, and says so.
                if (reply.Status is >= 500 and not 501) faults.Add($"{reply.Status} for {operation.Method} {asked} {body}: {reply.Body}");
            }
        }
        faults.Should().BeEmpty($"FUZZ_SEED={seed}");
        (await surveyor.FaultsAsync()).Should().BeEmpty($"FUZZ_SEED={seed}");
    }

    private static (string Path, string? Body, string? Type) Spoil(Surveyor surveyor, Operation operation, string path, Random random)
    {
        var (query, form) = (Parameters(operation, ParameterPlace.Query), Parameters(operation, ParameterPlace.Form));
        if (operation.Body == BodyKind.Json)
        {
            var json = surveyor.Samples.Json(operation.BodyShape!);
            foreach (var (member, value) in Presets.JsonOf(operation)) json[member] = JsonNode.Parse(value);
            var names = operation.BodyShape!.Properties.Select(p => p.Name).ToArray();
            json[names.Length == 0 ? "a" : names[random.Next(names.Length)]] = Placeholder;
            return (path, json.ToJsonString().Replace(
                $"\"{Placeholder}\"", JsonJunk(random), StringComparison.Ordinal), "application/json");
        }
        if (operation.Body == BodyKind.Form && form.Length > 0)
        {
            var pairs = surveyor.Form(operation);
            var spoiled = form[random.Next(form.Length)];
            pairs.RemoveAll(p => p.Key == spoiled);
            for (var i = random.Next(1, 3); i > 0; i--) pairs.Add(KeyValuePair.Create(spoiled, Text(random)));
            return (path, Surveyor.Encode(pairs), "application/x-www-form-urlencoded");
        }
        if (query.Length > 0 && random.Next(3) > 0)
        {
            return (
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query[random.Next(query.Length)]}={Uri.EscapeDataString(Text(random))}",
                null, null);
        }
        var segments = path.Split('?')[0].Split('/');
        // The server itself refuses a path with a NUL.
        segments[random.Next(2, Math.Max(3, segments.Length)) % segments.Length] = Uri.EscapeDataString(Text(random)
            .Replace("\0", "", StringComparison.Ordinal));
        return (string.Join('/', segments), null, null);
    }

    private static string Text(Random random) => random.Next(40) switch
    {
        0 => new string('x', 100_000),
        1 => new string('[', 10_000),
        2 => string.Concat(Enumerable.Repeat("\U0001F600", 2_000)),
        _ => Texts[random.Next(Texts.Length)],
    };

    private static string JsonJunk(Random random) => random.Next(3) switch
    {
        0 => Values[random.Next(Values.Length)],
        1 => JsonValue.Create(Text(random)).ToJsonString(),
        _ => random.Next(4) == 0 ? "\"\\ud800\"" : $"[{Values[random.Next(Values.Length)]}]",
    };

    private static string[] Parameters(Operation operation, ParameterPlace place) =>
    [
        .. operation.Parameters.Where(p => p.Place == place).Select(p => p.Name),
    ];

    // The same in every process, which string.GetHashCode is not.
    private static int HashOf(string name, int seed) =>
        Encoding.ASCII.GetBytes(name).Aggregate(seed, (hash, b) => unchecked((hash * 31) + b));
}

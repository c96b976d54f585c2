using System.Text.Json;
using TwilioEmu.Commands;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Composition;

/// <summary>
/// Every key that a config file may have, by its own schema, with what does not belong there: read, or told faulty with line, column and a
/// word of the key; nothing is thrown, and what was read can begin or is told why not.
/// </summary>
public sealed class JunkConfigTests
{
    // A message is read by people.
    private const int LongestMessage = 1_000;

    // Of those that are read without a fault one in so many is moved into a house.
    private const int Rehearsed = 12;

    private const int Shown = 40;

    private static readonly string[] Junk =
    [
        "~", "true", "0", "-1", "1.5", "1e999", "99999999999999999999", ".nan", "\"\"", "\" \"", "junk", "\"\\0\"", "\"\\ud800\"",
        "\"a\\r\\nb\"", "5s", "-5s", "99999999999h", "\"+14155550123\"", "\"http://[\"", "https://a.example/b", "2026-13-45", "[]",
        "{}", "[~]", "[junk]", "[[]]", "[{}]", "{ junk: 1 }", "{ \"\": 1 }", "[1, 1]", "\"${x}\"", "*none", "!tag x",
        $"\"{new string('x', 20_000)}\"",
        $"[{string.Join(',', Enumerable.Repeat("a", 2_000))}]", $"{new string('[', 25)}{new string(']', 25)}",
    ];

    [Fact]
    public async Task Whatever_a_key_holds_is_read_or_told_with_its_place()
    {
        using var schema = JsonDocument.Parse(
            await File.ReadAllTextAsync(Repository.At("docs", "twilioemu.schema.json"), TestContext.Current.CancellationToken));
        var (read, wrong) = (0, new List<string>());
        foreach (var place in Places(schema.RootElement, []))
        {
            foreach (var junk in Junk)
            {
                var (text, faults) = (Laid(place, junk), new Faults());
                var what = $"{string.Join('.', place)}: {junk[..Math.Min(40, junk.Length)]}";
                try
                {
                    if (YamlFile.Read("f.yaml", text, faults) is { } root)
                    {
                        var config = ConfigReader.Read(root, faults);
                        if (faults.Count == 0 && ++read % Rehearsed == 0) await Rehearsal.RunAsync(config, root, faults);
                    }
                }
                catch (Exception fault)
                {
                    wrong.Add($"{what}: {fault.GetType().Name} {fault.Message}\n{fault.StackTrace}");
                }
                foreach (var fault in faults.All)
                {
                    if (fault.Position is not { Line: > 0, Column: > 0 }) wrong.Add($"{what}: without a place: {fault}");
                    if (fault.Message.Length <= LongestMessage) continue;
                    wrong.Add($"{what}: a message of {fault.Message.Length} characters: {fault.Message[..200]}");
                }
                var key = place.Last(p => p.Length > 0);
                if (faults.Count > 0 && !faults.All[0].Message.StartsWith("not YAML", StringComparison.Ordinal)
                    && !faults.All.Any(f => f.Message.Contains(" lacks ", StringComparison.Ordinal)
                        || f.Path.Contains(key, StringComparison.Ordinal) || f.Message.Contains(key, StringComparison.Ordinal)))
                {
                    wrong.Add($"{what}: names no {key}: {faults.All[0].Path}: {faults.All[0]}");
                }
            }
        }
        string.Join('\n', wrong.Take(Shown)).Should().BeEmpty();
        read.Should().BePositive();
    }

    /// <summary>Every place where a value stands: names, and an empty one for an item of a list.</summary>
    private static IEnumerable<string[]> Places(JsonElement schema, string[] path)
    {
        if (path is [.., { Length: > 0 }]) yield return path;
        if (schema.ValueKind != JsonValueKind.Object) yield break;
        if (schema.TryGetProperty("properties", out var members))
        {
            foreach (var member in members.EnumerateObject())
            {
                foreach (var place in Places(member.Value, [.. path, member.Name])) yield return place;
            }
        }
        if (schema.TryGetProperty("items", out var items)) foreach (var place in Places(items, [.. path, ""])) yield return place;
    }

    private static string Laid(string[] place, string junk)
    {
        var text = junk;
        foreach (var step in place.Reverse()) text = step.Length == 0 ? $"[{text}]" : $"{{ {step}: {text} }}";
        return text;
    }
}

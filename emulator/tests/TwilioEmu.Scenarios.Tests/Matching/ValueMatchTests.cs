using System.Text;
using System.Text.Json;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Tests.Matching;

public sealed class ValueMatchTests
{
    [Theory]
    [InlineData("v: 5", """{"v":5}""")]
    [InlineData("v: \"5\"", """{"v":5}""")]
    [InlineData("v: 5", """{"v":"5"}""")]
    [InlineData("v: true", """{"v":true}""")]
    [InlineData("v: null", """{"v":null}""")]
    [InlineData("v: null", "{}")]
    [InlineData("v: { contains: nny }", """{"v":"sunny"}""")]
    [InlineData("v: { contains: b }", """{"v":["a","b"]}""")]
    [InlineData("v: { matches: ^su.*y$ }", """{"v":"Sunny"}""")]
    [InlineData("v: { matches: /su/ }", """{"v":"sunny"}""")]
    [InlineData("v: { present: true }", """{"v":0}""")]
    [InlineData("v: { present: false }", """{"v":null}""")]
    [InlineData("v: { at_least: 5, at_most: 5 }", """{"v":"5.0"}""")]
    [InlineData("v: { equals: [a, 1] }", """{"v":["a",1]}""")]
    [InlineData("v: [a, { contains: x }]", """{"v":["a","xyz"]}""")]
    [InlineData("v: { w: { x: 1 } }", """{"v":{"w":{"x":1,"y":2}}}""")]
    public void What_is_wanted_is_recognised(string wanted, string seen) => Differences(wanted, seen).Should().BeEmpty();

    [Theory]
    [InlineData("v: 5", """{"v":6}""", "v is 6, not \"5\"")]
    [InlineData("v: x", "{}", "v is absent, not \"x\"")]
    [InlineData("v: null", """{"v":0}""", "v is 0, not absent")]
    [InlineData("v: { contains: Sunny }", """{"v":"sunny"}""", "which does not contain \"Sunny\"")]
    [InlineData("v: { contains: a }", "{}", "v is absent, which does not contain")]
    [InlineData("v: { matches: ^u }", """{"v":"sunny"}""", "which does not match")]
    [InlineData("v: { present: true }", "{}", "v is absent")]
    [InlineData("v: { present: false }", """{"v":1}""", "v is 1, not absent")]
    [InlineData("v: { at_least: 5 }", """{"v":4.5}""", "v is 4.5, not at least 5")]
    [InlineData("v: { at_most: 5 }", """{"v":"x"}""", "not a number")]
    [InlineData("v: [a]", """{"v":["a","b"]}""", "not a list of 1")]
    [InlineData("v: { w: 1 }", """{"v":2}""", "v.w is absent, not \"1\"")]
    public void What_differs_is_told(string wanted, string seen, string difference) =>
        Differences(wanted, seen).Should().ContainSingle().Which.Should().Contain(difference);

    [Fact]
    public void What_is_written_for_the_control_API_is_read_as_the_same()
    {
        const string Wanted = "a: 1\nb: { contains: x, at_least: 2 }\nc: null\nd: [x, { present: true }]\ne: { f: { matches: y } }\ng: { "
            + "equals: z, at_most: 3 }";
        var match = new JournalMatch { Kind = "k.*", Subject = "s", Account = "AC", Data = Read(Wanted) };
        var first = Write(match);
        var faults = new Faults();
        var fields = Fields.Of(JsonNodes.Read(Encoding.UTF8.GetBytes(first), faults)!, "", faults)!.Mapping("match")!;
        var again = MatchReader.ReadMatch(fields);
        fields.End();
        faults.All.Should().BeEmpty();
        Write(again).Should().Be(first);
    }

    private static List<string> Differences(string wanted, string seen) =>
        [.. Read(wanted).Differences("", JsonDocument.Parse(seen).RootElement)];

    private static ValueMatch Read(string yaml)
    {
        var faults = new Faults();
        var match = MatchReader.ReadMembers(Fields.Of(YamlFile.Read("m", yaml, faults)!, "", faults)!);
        faults.All.Should().BeEmpty();
        return match;
    }

    private static string Write(JournalMatch match)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            MatchWriter.Write(json, "match", match);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

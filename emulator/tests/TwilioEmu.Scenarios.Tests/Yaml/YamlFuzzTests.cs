using System.Text;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Tests.Yaml;

/// <summary>Whatever a file holds, it is read or told faulty with a place; nothing is thrown.</summary>
public sealed class YamlFuzzTests
{
    private const int Rounds = 400;

    private const string Story = """
        scenario: "A story"
        given: &given
          numbers: [{ number: "+14155550100", type: long-code, sms_url: 'http://app/sms' }]
          handsets:
            - { number: "+14155550199", busy: 3s, script: [{ hears: /a{2}/ }, { presses: "1#" }] }
          app: { /sms: "<Response/>", /text: |
              plain
          }
        story:
          - when: { handset: "+14155550199", texts: hi, to: "+14155550100", save: m } # a remark
            then:
              - expect: { kind: message.*, data: { body: { matches: "h(i)" }, list: [1, ~, null] } }
                within: 5s
              - { gets: "Messages/${m.message_sid}", expect: { status: 200 } }
        """;

    // What the grammar is made of: each alone breaks something somewhere.
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ": ", "- ", ",", "\n", "\t", "  ", "#", "&", "&a ", "*", "*a", "!", "!!", "!<", "|", ">", "|9", "'", "\"",
        "\\", "\"\\x", "%", "%YAML ", "%TAG ! ",
        "@", "`", "?", "? ", "---", "...", "\0", "\u0085", "\u2028", "\uFEFF", "\uD800", "${", "${a.b[", "<<: ", "~", "null", "\r",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Broken_files_are_faults_with_places(int seed)
    {
        var chance = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Break(chance);
            Judge(text);
        }
    }

    [Fact]
    public void Every_beginning_of_a_file_is_read_or_told_faulty()
    {
        for (var length = 0; length <= Story.Length; length++) Judge(Story[..length]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("a: {")]
    [InlineData("a: [")]
    [InlineData("a: { b: [")]
    [InlineData("a: {b")]
    [InlineData("a: {b: c")]
    [InlineData("a: [{")]
    [InlineData("? {")]
    [InlineData("\"")]
    [InlineData("a: 'b")]
    [InlineData("&")]
    [InlineData("*")]
    [InlineData("!")]
    [InlineData("%")]
    [InlineData("|")]
    public void What_is_not_closed_is_told(string text)
    {
        Judge(text).Should().NotBeEmpty();
    }

    private static IReadOnlyList<Fault> Judge(string text)
    {
        var (config, story) = (new Faults(), new Faults());
        var reading = () =>
        {
            ConfigReader.ReadFile("f.yaml", text, config);
            ScenarioReader.ReadFile("f.yaml", text, story);
        };
        reading.Should().NotThrow($"the file was <<<{text}>>>");
        config.All.Concat(story.All)
            .Should().OnlyContain(f => f.Position.Source == "f.yaml" && f.Position.Line >= 1 && f.Message.Length > 0);
        return story.All;
    }

    private static string Break(Random chance)
    {
        var text = new StringBuilder(Story);
        for (var cuts = chance.Next(1, 4); cuts > 0; cuts--)
        {
            var at = chance.Next(text.Length);
            switch (chance.Next(3))
            {
                case 0: text.Insert(at, Pieces[chance.Next(Pieces.Length)]); break;
                case 1: text.Remove(at, Math.Min(chance.Next(1, 12), text.Length - at)); break;
                default: text.Length = Math.Max(1, at); break;
            }
        }
        return text.ToString();
    }
}

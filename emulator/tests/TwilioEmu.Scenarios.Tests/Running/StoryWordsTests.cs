using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Tests.Running;

/// <summary>Words that make stories short: values, rounds, captures, polling, steps side by side.</summary>
public sealed class StoryWordsTests
{
    private const string Given = """
        scenario: A story
        given: { numbers: [{ number: "+14155550100" }] }

        """;

    private readonly StoryHost _host = new();

    [Theory]
    [InlineData("${i:000}", "echo 001")]
    [InlineData("${i + 10}", "echo 11")]
    [InlineData("${i - 10}", "echo -9")]
    [InlineData("${i + 6:00}", "echo 07")]
    [InlineData("${shop.name}", "echo Flowers")]
    [InlineData("${greeting}", "echo Hello from Flowers")]
    public async Task Values_are_counted_filled_up_and_named(string text, string echo)
    {
        var result = await _host.PlayAsync(Given + $$"""
            vars: { shop: { name: Flowers }, greeting: "Hello from ${shop.name}" }
            when: { handset: "+14155550199", texts: "{{text}}", to: "+14155550100", for_each: [a] }
            then: { handset: "+14155550199", receives: { body: "{{echo}}" } }
            """);
        result.Failure.Should().BeNull();
    }

    [Theory]
    [InlineData("for_each: [a, b]", "a b")]
    [InlineData("for_each: \"${list}\"", "x y")]
    public async Task A_step_is_done_for_each_of_a_list(string words, string texts)
    {
        var result = await _host.PlayAsync(Given + $$"""
            vars: { list: [x, y] }
            when: { handset: "+1415555019${i}", texts: "${item}", to: "+14155550100", {{words}} }
            then: { expect: { kind: message.received, count: 2 }, each: { data: { body: { present: true } } } }
            """);
        result.Failure.Should().BeNull();
        _host.Journal.Where(l => l.Contains("\"handset.texted\"")).Select(l => l.Split("\"body\":\"")[1][..1])
            .Should().Equal(texts.Split(' '));
    }

    [Fact]
    public async Task What_a_regular_expression_caught_is_saved()
    {
        var result = await _host.PlayAsync(Given + """
            story:
              - when: { handset: "+14155550199", texts: "code 4711 of Ann", to: "+14155550100" }
                then: { handset: "+14155550199", receives: { body: { matches: "code (\\d+) of (?<name>\\w+)" } }, save: m }
              - when: { handset: "+14155550199", texts: "${m.name} ${m.1} ${m.kind}", to: "+14155550100" }
                then: { handset: "+14155550199", receives: { body: "echo Ann 4711 handset.received" } }
            """);
        result.Failure.Should().BeNull();
    }

    [Fact]
    public async Task A_get_is_asked_again_until_it_is_answered_as_wanted()
    {
        _host.Rest = _ => StoryHost.Json(200, _host.Asked.Count < 4 ? """{"status":"queued"}""" : """{"status":"sent"}""");
        var result = await _host.PlayAsync(Given + """when: { gets: Messages/SM1, expect: { body: { status: sent } }, within: 10s }""");
        result.Failure.Should().BeNull();
        (_host.Asked.Count, result.WorldTime).Should().Be((4, TimeSpan.FromSeconds(3)));

        _host.Rest = _ => StoryHost.Json(200, """{"status":"queued"}""");
        result = await _host.PlayAsync(Given + """when: { gets: Messages/SM1, expect: { body: { status: sent } }, within: 1500ms }""");
        result.Failure!.Message.Should().Be("the answer is not as wanted: status is \"queued\", not \"sent\", 1500ms long");
        result.WorldTime.Should().Be(TimeSpan.FromMilliseconds(1500));
    }

    [Theory]
    [InlineData("", "wanted 2 within 1s, found 1")]
    [InlineData(", since: start", null)]
    public async Task A_claim_since_the_start_sees_the_whole_story(string since, string? failure)
    {
        var result = await _host.PlayAsync(Given + $$"""
            story:
              - when: { handset: "+14155550199", texts: "1", to: "+14155550100" }
                then: { expect: { kind: message.received } }
              - when: { handset: "+14155550199", texts: "2", to: "+14155550100" }
                then: { expect: { kind: message.received }, count: 2, within: 1s{{since}} }
            """);
        (result.Failure?.Message).Should().Be(failure);
    }

    [Fact]
    public async Task Steps_stand_side_by_side_and_the_first_that_fails_is_told()
    {
        const string Story = Given + """
            when: { together: [{ handset: "+14155550191", texts: a, to: "+14155550100" }, { handset: "+14155550192", texts: b, to: "+14155550100" }] }
            then:
              together:
                - { handset: "+14155550192", receives: { body: echo b } }
                - { handset: "+14155550191", receives: { body: echo a } }

            """;
        var result = await _host.PlayAsync(Story);
        result.Failure.Should().BeNull();
        result.WorldTime.Should().Be(TimeSpan.FromSeconds(2));
        (await _host.PlayAsync(Story.Replace("echo b", "echo c"))).Failure!.Message
            .Should().Contain("handset +14155550192 receives").And.Contain("found 0");
    }

    [Theory]
    [InlineData("{ advance: 1s, repeat: 2, for_each: [a] }", "say either repeat or for_each")]
    [InlineData("{ advance: 1s, for_each: [] }", "must be a list with items")]
    [InlineData("{ advance: 1s, for_each: x }", "must be a list with items")]
    [InlineData("{ gets: \"Messages/${item}\" }", "nothing is known as \"item\" here")]
    [InlineData("{ gets: \"Messages/${i +}\" }", "is not a value such as")]
    [InlineData("{ gets: \"Messages/${i:xx}\" }", "is not a value such as")]
    [InlineData("{ expect: { kind: x }, since: yesterday }", "can be start")]
    [InlineData("{ together: [] }", "must be a list of steps")]
    [InlineData("{ together: [{ advance: 1s }] }", "time passes for all steps at once")]
    [InlineData("{ posts: Messages, within: 5s }", "unknown key \"within\"")]
    [InlineData("{ handset: \"+14155550199\", behaves: { answers: false } }", "say what the phone does instead")]
    public void A_bad_word_is_a_fault(string step, string fault)
    {
        var faults = new Faults();
        ScenarioReader.ReadFile("s.yaml", $"scenario: x\nwhen:\n- {step}", faults).Should().BeNull();
        faults.All.Select(f => f.ToString()).Should().Contain(f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("voice", true)]
    [InlineData("VOICE", true)]
    [InlineData("weather", true)]
    [InlineData("sms", false)]
    [InlineData("sms,voice", true)]
    [InlineData("!voice", false)]
    [InlineData("!sms", true)]
    [InlineData("weather,!slow", false)]
    public void Stories_are_chosen_by_tags_and_parts_of_their_title(string filter, bool isMeant)
    {
        var story = ScenarioReader.ReadFile("s.yaml", "scenario: The weather\ntags: [voice, slow]\nwhen: { advance: 1s }", new Faults())!;
        story.IsMeantBy(filter).Should().Be(isMeant);
    }

    [Fact]
    public void A_world_is_included_or_shared_by_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("stories-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "_given.yaml"), "numbers: [{ number: \"+14155550101\" }]");
            File.WriteAllText(Path.Combine(folder.FullName, "other.yaml"), "numbers: [{ number: \"+14155550102\" }]");
            File.WriteAllText(Path.Combine(folder.FullName, "wrong.yaml"), "numbers: [{ nmber: \"+14155550102\" }]");
            Numbers("").Should().Equal("+14155550101");
            Numbers("given: {}").Should().BeEmpty();
            Numbers("given: !include other.yaml").Should().Equal("+14155550102");

            Read("given: !include wrong.yaml").Should().Contain(f => f.Contains("wrong.yaml:1:13: unknown key \"nmber\""));
            Read("given: !include nothing.yaml").Should().Contain(f => f.Contains("s.yaml:2:8: given:") && f.Contains("cannot be read"));
            Read("tags: [!include other.yaml]").Should().Contain(f => f.Contains("tags such as \"!include\" are not taken here"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        IEnumerable<string> Numbers(string given) => Story(given, out _)!.Given.Numbers.Select(n => n.Number);

        IEnumerable<string> Read(string given)
        {
            Story(given, out var faults);
            return faults.All.Select(f => f.ToString());
        }

        Scenario? Story(string given, out Faults faults) =>
            ScenarioReader.ReadFile(
                Path.Combine(folder.FullName, "s.yaml"), $"scenario: x\n{given}\nwhen: {{ advance: 1s }}", faults = new Faults());
    }
}

using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Tests.Steps;

public sealed class ScenarioReaderTests
{
    private const string Phone = "handset: \"+14155550199\"";

    [Fact]
    public void The_story_of_the_design_is_read()
    {
        var story = Read("""
            scenario: The weather by text
            given:
              numbers:
                - { number: "+14155550100", type: long-code, sms_url: "http://localhost:5000/sms" }
            when:
              - handset: "+14155550199"
                texts: "94107"
                to: "+14155550100"
            then:
              - handset: "+14155550199"
                receives: { from: "+14155550100", body: { contains: sunny } }
                within: 5s
            """, out var faults);
        faults.All.Should().BeEmpty();
        story!.Name.Should().Be("The weather by text");
        story.Steps[0].Should().BeOfType<Step.Texts>().Which.Body.Should().Be("94107");
        story.Steps[0].Wording.Summary.Should().Be("handset +14155550199 texts \"94107\" to +14155550100");
        var claim = story.Steps[1].Should().BeOfType<Step.Expects>().Subject;
        (claim.Match.Kind, claim.Match.Subject, claim.Within).Should().Be(("handset.received", "+14155550199", TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Every_verb_is_read()
    {
        var story = Read($$"""
            scenario: All
            story:
              - when:
                  - { {{Phone}}, texts: hi, to: "+14155550100", media_urls: [http://x/a.png], save: text }
                  - { {{Phone}}, dials: "+14155550100", script: [{ wait: 1s }], save: call }
                  - { {{Phone}}, answers: true }
                  - { {{Phone}}, presses: "1#" }
                  - { {{Phone}}, says: sales please }
                  - { {{Phone}}, hangs_up: true }
                  - { {{Phone}}, behaves: { busy: 3s } }
                  - { posts: Messages, as: Main, form: { To: "+1", MediaUrl: [a, b], Body: }, expect: { status: 201, body: { sid: "${text.message_sid}" } }, repeat: 3, save: m }
                  - { gets: /2010-04-01/Accounts.json }
                  - { deletes: "Messages/${m.sid}" }
                  - { advance: 10s }
              - then:
                  - { {{Phone}}, hears: welcome, within: 3s }
                  - { {{Phone}}, receives: { body: hi, count: 2 }, within: 1m, spaced: 1s, each: { data: { body: "${i}" } } }
                  - { expect: { kind: "message.*", data: { status: sent } }, exactly: 2 }
            """, out var faults);
        faults.All.Should().BeEmpty();
        story!.Steps.Select(s => s.GetType().Name).Should().Equal(
            "Texts", "Dials", "Acts", "Acts", "Acts", "Acts", "Behaves", "Asks", "Asks", "Asks", "Advances", "Hears", "Expects", "Expects");
        var post = (Step.Asks)story.Steps[7];
        post.Form.Select(p => $"{p.Key}={p.Value}").Should().Equal("To=+1", "MediaUrl=a", "MediaUrl=b", "Body=");
        (post.Repeat, post.Save, post.As, post.Status).Should().Be((3, "m", "Main", 201));
        ((Step.Behaves)story.Steps[6]).Behaviour.PickUp.Should().Be(PickUp.Busy);
        ((Step.Expects)story.Steps[12]).Count.Should().Be(new EntryCount(2, false));
        ((Step.Expects)story.Steps[13]).Count.Should().Be(new EntryCount(2, true));
    }

    [Theory]
    [InlineData(
        "{ handset: \"+14155550199\", text: hi, to: \"+14155550100\" }",
        "s.yaml:3:30: unknown key \"text\" in when[0] (did you mean \"texts\"?)")]
    [InlineData("{ handset: \"+14155550199\" }", "when[0] has no verb")]
    [InlineData("{ handset: \"+14155550199\", texts: hi }", "when[0] lacks \"to\"")]
    [InlineData("{ texts: hi, to: \"+14155550100\" }", "when[0] lacks \"handset\"")]
    [InlineData("{ handset: \"+14155550199\", texts: hi, says: hi }", "has 2 verbs (texts, says)")]
    [InlineData("{ handset: 555, texts: hi, to: \"+14155550100\" }", "\"555\" is not a phone number")]
    [InlineData("{ advance: 10 }", "has no unit")]
    [InlineData("{ advance: 10s, within: 5s }", "unknown key \"within\"")]
    [InlineData("{ expect: {} }", "asks for nothing")]
    [InlineData("{ expect: { kind: \"me*age\" } }", "is not a kind of entry")]
    [InlineData("{ expect: { knd: x } }", "unknown key \"knd\" in when[0].expect (did you mean \"kind\"?)")]
    [InlineData("{ expect: { kind: x, data: { a: { matches: \"(\" } } } }", "is not a regular expression")]
    [InlineData("{ expect: { kind: x, data: { a: { contains: x, conatins: y } } } }", "unknown key \"conatins\"")]
    [InlineData("{ expect: { kind: x }, count: 1, exactly: 2 }", "say either count or exactly")]
    [InlineData("{ expect: { kind: x }, each: { data: { a: \"${j}\" } } }", "nothing is known as \"j\" here")]
    [InlineData("{ posts: http://x/y }", "is neither a path such as")]
    [InlineData("{ posts: Messages, form: [a] }", "when[0].form must be a mapping, not a list")]
    [InlineData("{ posts: Messages, expect: {} }", "asks for nothing; say status or body")]
    [InlineData("{ gets: \"Messages/${mesage.sid}\" }", "nothing is known as \"mesage\" here")]
    [InlineData("{ gets: \"Messages/${i}\" }", "nothing is known as \"i\" here")]
    [InlineData("{ gets: \"Messages/${m\" }", "\"${\" without its \"}\"")]
    [InlineData("{ advance: 1s, save: i }", "cannot be a name")]
    [InlineData("{ advance: 1s, repeat: 0 }", "must be a whole number from 1")]
    [InlineData("{ handset: \"+14155550199\", answers: false }", "must be true")]
    [InlineData(
        "{ gateway: g, binds: transciever }",
        "when[0].binds must be one of transmitter, receiver, transceiver, not \"transciever\" (did you mean \"transceiver\"?)")]
    [InlineData("{ gateway: g, submits: hi }", "s.yaml:3:17: unknown key \"submits\" in when[0] (did you mean \"texts\"?)")]
    [InlineData("{ gateway: g, acknowledge: delivered }", "unknown key \"acknowledge\" in when[0] (did you mean \"acknowledges\"?)")]
    [InlineData("{ gateway: g }", "when[0] has no verb: a gateway says one of binds, texts")]
    [InlineData("{ gateway: g, texts: hi, to: \"+14155550100\" }", "when[0] lacks \"from\"")]
    [InlineData(
        "{ gateway: g, texts: hi, from: \"+14155550199\", to: \"+14155550100\", receipt: sometimes }",
        "must be one of always, on_failure, never")]
    [InlineData(
        "{ gateway: g, texts: hi, from: \"+14155550199\", to: \"+14155550100\", expect: ESME_RTROTTLED }",
        "(did you mean \"ESME_RTHROTTLED\"?)")]
    [InlineData("{ gateway: g, answers: ESME_RX_R_APN }", "(did you mean \"ESME_RX_R_APPN\"?)")]
    [InlineData("{ gateway: g, acknowledges: deliverd }", "(did you mean \"delivered\"?)")]
    [InlineData("{ gateway: g, acknowledges: expired, err: \"0345\" }", "\"0345\" is no error of receipts such as \"034\"")]
    [InlineData("{ gateway: g, receives: { body: hi, too: x } }", "unknown key \"too\" in when[0].receives (did you mean \"to\"?)")]
    [InlineData("{ gateway: g, receives_receipt: delivered }", "must be a mapping, not a single value")]
    [InlineData("{ gateway: g, unbinds: false }", "when[0].unbinds must be true")]
    [InlineData("{ gateway: g, binds: receiver, unbinds: true }", "has 2 verbs (binds, unbinds)")]
    [InlineData("{ binds: transceiver }", "when[0].binds is what a gateway does: say which one (gateway: SYSTEM_ID)")]
    public void A_bad_step_is_a_fault_that_says_what_and_where(string step, string fault)
    {
        Read($"scenario: x\nwhen:\n- {step}", out var faults).Should().BeNull();
        faults.All.Select(f => f.ToString()).Should().Contain(f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("when: []", "the document lacks \"scenario\"")]
    [InlineData("scenario: x", "nothing happens in this scenario")]
    [InlineData("scenario: x\nwhen: { advance: 1s }\nstory: []", "say either story, or when and then")]
    [InlineData("scenario: x\nwehn: { advance: 1s }", "unknown key \"wehn\" in the document (did you mean \"when\"?)")]
    [InlineData("scenario: x\ngiven: { number: [] }\nwhen: { advance: 1s }", "unknown key \"number\" in given (did you mean \"numbers\"?)")]
    public void A_bad_file_is_a_fault(string yaml, string fault)
    {
        Read(yaml, out var faults).Should().BeNull();
        faults.All.Select(f => f.ToString()).Should().Contain(f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stories))]
    public void The_stories_of_the_house_are_sound(string file)
    {
        var faults = new Faults();
        ScenarioReader.ReadFile(Path.GetFileName(file), File.ReadAllText(file), faults).Should().NotBeNull(string.Join('\n', faults.All));
        File.ReadLines(file).First().Should().StartWith("# ", "a story is a page of documentation too");
    }

    public static IEnumerable<TheoryDataRow<string>> Stories() =>
        Directory.GetFiles(Folder(), "*.yaml").Select(f => new TheoryDataRow<string>(f));

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TwilioEmu.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "scenarios");
    }

    private static Scenario? Read(string yaml, out Faults faults) => ScenarioReader.ReadFile("s.yaml", yaml, faults = new Faults());
}

using System.Text.RegularExpressions;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Reference;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Tests.Reference;

/// <summary>The reference page tells every word the readers ask for, and no other.</summary>
public sealed partial class WordPageTests
{
    /// <summary>One of everything that has words of its own.</summary>
    private const string Everything = """
        scenario: Everything
        tags: [a]
        vars: { a: b }
        allows: [alerts]
        given:
          accounts:
            - test_credentials: { sid: AC00000000000000000000000000000009, auth_token: t }
              api_keys: [{ type: standard }]
              oauth_apps: [{ friendly_name: x }]
              connect_apps: [{ friendly_name: x }]
              authorized_connect_apps: [{ friendly_name: x }]
          numbers: [{ number: "+14155550100" }]
          caller_ids: [{ number: "+14155550101" }]
          handsets: [{ number: "+14155550199", texts: { status: failed } }]
          app: { /a: [{ when: { a: b }, answer: { status: 200 } }] }
          lookup: { "+14155550199": { identity: { first_name: x } } }
          registrations: { after: 1s }
          messaging_services: [{ friendly_name: x, opt_out: [{ type: stop, words: [NO], reply: x }] }]
          channel_senders: [{ sender: "whatsapp:+14155550100" }]
          content_templates: [{ friendly_name: x, types: { twilio/text: { body: x } } }]
          limits: { age: 1d }
        story:
          - when:
              - { handset: "+14155550199", texts: hi, to: "+14155550100" }
              - { handset: "+14155550199", dials: "+14155550100", script: [{ wait: 1s }] }
              - { handset: "+14155550199", behaves: { busy: true } }
              - { handset: "+14155550199", receives: { body: x } }
              - { handset: "+14155550199", reads_code: { service: x } }
              - { handset: "+14155550199", hears: x }
              - { handset: "+14155550199", call_ends: true }
              - { expect: { kind: x } }
              - { posts: Messages }
              - { gets: Messages }
              - { advance: 1s }
              - { handset: "+14155550199", taps: x, to: "whatsapp:+14155550100" }
              - { together: [{ expect: { kind: x } }] }
        """;

    private static readonly string[] StepOrder =
    [
        "handset: N, texts", "handset: N, dials", "handset: N, behaves", "handset: N, receives", "handset: N, reads_code",
        "handset: N, hears", "handset: N, call_ends", "expect",
        "posts, deletes", "gets", "advance", "handset: N, taps; picks; shares", "together",
    ];

    private static readonly Dictionary<string, string> Places = new()
    {
        ["given"] = "A config file, and `given`",
        ["given.accounts[]"] = "accounts[]",
        ["given.accounts[].test_credentials"] = "accounts[].test_credentials",
        ["given.accounts[].api_keys[]"] = "accounts[].api_keys[]",
        ["given.accounts[].oauth_apps[]"] = "accounts[].oauth_apps[]",
        ["given.accounts[].connect_apps[]"] = "accounts[].connect_apps[], authorized_connect_apps[]",
        ["given.accounts[].authorized_connect_apps[]"] = "accounts[].connect_apps[], authorized_connect_apps[]",
        ["given.numbers[]"] = "numbers[]",
        ["given.caller_ids[]"] = "caller_ids[]",
        ["given.registrations"] = "registrations",
        ["given.messaging_services[]"] = "messaging_services[]",
        ["given.messaging_services[].opt_out[]"] = "messaging_services[].opt_out[], opt-outs",
        ["given.handsets[].texts"] = "handsets[].texts",
        ["given.app./a[].answer"] = "app.*",
        ["given.app./a[]"] = "app.*[] that chooses",
        ["given.lookup.+14155550199"] = "lookup.*",
        ["given.channel_senders[]"] = "channel_senders[]",
        ["given.content_templates[]"] = "content_templates[]",
        ["given.limits"] = "limits",
        [""] = "A story",
    };

    [Fact]
    public void Every_word_of_config_is_told_and_no_other()
    {
        var asked = Read();
        foreach (var (path, title) in Places)
        {
            asked.Should().ContainKey(path);
            asked[path].Should().BeEquivalentTo(
                WordTable.Config.Single(p => p.Title == title).Words.Select(w => w.Name), "these are the words of {0}", title);
        }
        asked["given.handsets[]"].Except(["number"])
            .Should().BeEquivalentTo(WordTable.Config.Single(p => p.Title == "handsets[], behaves").Words.Select(w => w.Name));
    }

    [Fact]
    public void Every_word_of_steps_is_told_and_no_other()
    {
        var asked = Read(keepsStepNumbers: true);
        var every = WordTable.Steps[0].Words.Select(w => w.Name).ToList();
        for (var i = 0; i < StepOrder.Length; i++)
        {
            var told = WordTable.Steps.Single(p => p.Title == StepOrder[i]).Words.Select(w => w.Name).Where(w => w != "deletes");
            asked[$"story[0].when[{i}]"].Except(every).Should().BeEquivalentTo(told, "these are the words of {0}", StepOrder[i]);
        }
    }

    [Fact]
    public void Every_deed_has_a_word_of_its_own_and_is_told()
    {
        DeedRegistry.All.Select(d => d.Word).Should().OnlyHaveUniqueItems();
        WordPage.Write().Should().ContainAll(DeedRegistry.All.Select(d => $"| `{d.Word}` |"));
    }

    /// <summary>
    /// The .NET client is typed by hand; what it can say is held against the registry. The Node helper takes any deed by its word.
    /// </summary>
    [Fact]
    public void The_client_says_every_deed()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "emulator/src/TwilioEmu.Client/Phones/ScriptStep.cs"));
        var said = ClientWord().Matches(text).Select(m => m.Groups["word"].Value).Distinct();
        // What stands beside a deed, and in its branches, is no deed.
        var beside = DeedRegistry.All.SelectMany(d => d.Beside).Append("script");
        said.Except(beside).Should().BeEquivalentTo(
            DeedRegistry.All.Select(d => d.Word), "ScriptStep of TwilioEmu.Client has a method for each deed");
    }

    [GeneratedRegex(@"\[""(?<word>\w+)""\] =")]
    private static partial Regex ClientWord();

    private static Dictionary<string, HashSet<string>> Read(bool keepsStepNumbers = false)
    {
        var asked = new Dictionary<string, HashSet<string>>();
        var faults = new Faults
        {
            Asked = (path, keys) =>
            {
                var place = keepsStepNumbers ? path : Numbers().Replace(path, "[]");
                if (!asked.TryGetValue(place, out var words)) asked.Add(place, words = []);
                words.UnionWith(keys);
            },
        };
        ScenarioReader.ReadFile("s.yaml", Everything, faults).Should().NotBeNull(string.Join('\n', faults.All));
        return asked;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TwilioEmu.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Numbers();
}

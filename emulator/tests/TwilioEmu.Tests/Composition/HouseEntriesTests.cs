using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Composition;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging;
using TwilioEmu.Products.Usage;
using TwilioEmu.Rest;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Testing.Files;
using TwilioEmu.Voice;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Tests.Composition;

/// <summary>The registry of journal kinds, its page, and who is held against it.</summary>
public sealed partial class HouseEntriesTests
{
    private static readonly Assembly[] Rooms =
    [
        typeof(EntryKind).Assembly, typeof(HandsetDirectory).Assembly, typeof(FrontDoor).Assembly, typeof(Letterbox).Assembly,
        typeof(Floor).Assembly,
        typeof(MessagingProduct).Assembly, typeof(VoiceProduct).Assembly, typeof(UsageProduct).Assembly, typeof(ControlRoom).Assembly,
        typeof(HouseEntries).Assembly,
    ];

    [Fact]
    public void Every_kind_a_room_declares_is_in_the_registry()
    {
        var declared = Rooms.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(EntryKind)).Select(f => (EntryKind)f.GetValue(null)!).ToList();
        declared.Should().HaveCountGreaterThan(80);
        declared.Select(k => k.Name).Where(name => HouseEntries.Kinds.Find(name) is null).Should().BeEmpty();
    }

    [Fact]
    public void Kinds_are_dotted_words_that_say_what_they_mean() => HouseEntries.Kinds.Declared.Should().AllSatisfy(kind =>
    {
        kind.Name.Should().MatchRegex("^[a-z_]+([.][a-z_]+)*([.](in-progress|no-answer))?$");
        kind.Means.Should().NotBeNullOrWhiteSpace();
        kind.Members.Should().OnlyHaveUniqueItems();
    });

    [Fact]
    public void Of_every_update_the_audit_log_finds_what_was_before() =>
        HouseEntries.Kinds.All.Where(k => k.Name.EndsWith(".updated", StringComparison.Ordinal))
            .Should().HaveCountGreaterThan(100).And.OnlyContain(k => k.KeepsPrevious);

    [Fact]
    public void The_kinds_of_stored_resources_are_read_off_the_catalog()
    {
        HouseEntries.Kinds.Find("sync_list.created")!.Members.Should().Contain("unique_name");
        HouseEntries.Kinds.Find("chat_message.created").Should().NotBeNull("a message of Chat is no text");
        HouseEntries.Kinds.Find("message.created").Should().BeNull();
        HouseEntries.Kinds.Meant("message.*").Should().OnlyContain(k => k.Name.StartsWith("message."));
    }

    [Theory]
    [InlineData("message.recieved", null, "did you mean \"message.received\"?")]
    [InlineData("mesage.*", null, "no entry is of the kind \"mesage.*\"")]
    [InlineData("message.sent", "bodi", "did you mean \"body\"?")]
    [InlineData("call.redirected", "url", "they have none")]
    public void A_claim_that_nothing_can_meet_is_refused_with_the_word_that_was_meant(string kind, string? member, string told)
    {
        var faults = new Faults { Kinds = HouseEntries.Kinds };
        var data = member is null ? "" : $", data: {{ {member}: x }}";
        ScenarioReader.ReadFile(
            "s.yaml", $"scenario: x\nwhen: {{ advance: 1s }}\nthen: {{ expect: {{ kind: {kind}{data}, count: 0 }} }}", faults);
        faults.All.Should().ContainSingle().Which.Message.Should().Contain(told);
        faults.All[0].Position.Line.Should().Be(3);
    }

    /// <summary>Windows import no room and name kinds as text; a renamed kind must not leave them silent.</summary>
    [Theory]
    [InlineData("TwilioEmu.Console")]
    [InlineData("TwilioEmu.Scenarios")]
    [InlineData("TwilioEmu.Client")]
    public void Kinds_that_windows_name_exist(string project)
    {
        var families = HouseEntries.Kinds.Declared.Where(k => k.Name.Contains('.')).Select(k => k.Name.Split('.')[0]).ToHashSet();
        var named = Directory.GetFiles(Repository.At("emulator", "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).SelectMany(
                f => Literal().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Where(name => families.Contains(name.Split('.')[0])).Distinct().ToList();
        named.Should().NotBeEmpty();
        named.Where(name => HouseEntries.Kinds.Find(name) is null).Should().BeEmpty();
    }

    [Fact]
    public async Task The_page_of_kinds_is_as_the_registry_writes_it() =>
        await Repository.PageShouldBeAsync("journal.md", Page());

    [Fact]
    public async Task The_schema_of_entries_is_as_the_registry_writes_it() =>
        await Repository.PageShouldBeAsync("journal.schema.json", SchemaOfEntries());

    /// <summary>json-schema.org, 2020-12: what every entry has, and of each declared kind the members its data may have.</summary>
    private static string SchemaOfEntries()
    {
        JsonObject Typed(string type, string says) => new() { ["type"] = type, ["description"] = says };
        var kinds = HouseEntries.Kinds.Declared.Select(kind => (JsonNode)new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind.Name } } },
            ["then"] = new JsonObject
            {
                ["description"] = kind.Means,
                ["properties"] = new JsonObject
                {
                    ["data"] = new JsonObject
                    {
                        ["properties"] = new JsonObject(kind.Members.Select(m => KeyValuePair.Create(m, (JsonNode?)true))),
                        ["additionalProperties"] = false,
                    },
                },
            },
        });
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "an entry of TwilioEmu's journal",
            ["type"] = "object",
            ["required"] = new JsonArray("seq", "at", "account", "kind", "subject", "cause", "data"),
            ["properties"] = new JsonObject
            {
                ["seq"] = Typed("integer", "1, 2, 3, ... without gaps"),
                ["at"] = new JsonObject { ["type"] = "string", ["format"] = "date-time", ["description"] = "the world's instant" },
                ["account"] = Typed("string", "whose it is; empty for nobody's"),
                ["kind"] = Typed("string", "what happened"),
                ["subject"] = Typed("string", "what it happened to: a SID, a number, a path"),
                ["cause"] = Typed("integer", "the seq it follows from, or 0"),
                ["data"] = Typed("object", "the particulars"),
            },
            ["allOf"] = new JsonArray([.. kinds]),
        };
        return schema.ToJsonString(
            new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Journal: every kind of entry

            What happens in a world is an entry of its journal: `seq`, `at`, `account`, `kind`, `subject` (a SID, a number, a path), `cause` (the `seq` it follows
            from) and `data`. `GET /_emu/v1/journal?kind=message.*` lists them, `GET /_emu/v1/journal/stream` follows them, `POST /_emu/v1/expect` and `expect:` of
            stories wait for them; a kind or a member of `data` that does not exist is refused there. `GET /_emu/v1/journal/kinds` is this page as JSON; [journal.schema.json](journal.schema.json) is a JSON Schema of entries.

            Resources that are only kept are told of by their own names, with the members they show: `sync_list.created`, `.updated`, `.deleted`, and `.planted` where
            the control API put them there. Where a name is taken below, the API's goes before it: `chat_message.created`. `/journal/kinds?stored=true` lists them.

            | kind | means | members of `data` |
            |---|---|---|

            """);
        foreach (var kind in HouseEntries.Kinds.Declared)
        {
            page.AppendLine($"| `{kind.Name}` | {kind.Means} | {string.Join(", ", kind.Members.Select(m => $"`{m}`"))} |");
        }
        return page.ToString();
    }

    [GeneratedRegex("\"([a-z_]+[.][a-z_-]+)\"")]
    private static partial Regex Literal();
}

using System.Security;
using System.Text;
using TwilioEmu.Voice.Verbs.Schema;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs.Schema;

/// <summary>Documents made by chance of every element and attribute there is, right and wrong ones, nested as nobody would.</summary>
public sealed class TwimlFuzzTests
{
    private static readonly string[] Elements =
        [.. TwimlTable.All.Select(e => e.Place.Split('/')[^1])
            .Concat(["Connect", "Stream", "Siprec", "Identity", "ApplicationSid", "Task", "Message", "say", "Shout"]).Distinct()];

    private static readonly string[] Texts =
        ["", " ", "hello", "+14155550188", "12", "/voice", "http://app/else", "mailto:x", "sip:ada@example.com", "room", "&#x1F600;",
            "<![CDATA[<Say>]]>", new('x', 300)];

    /// <summary>However a document is made, nothing of it is a fault of ours, and the call can be ended.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task No_document_makes_the_emulator_fail(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 25; i++)
        {
            await using var house = await BuildAsync(seed);
            house.Behave(
                Friend, new()
                {
                    After = TimeSpan.FromSeconds(1),
                    Script = [Waits(5), Presses("1*#"), Says("good day to you"), Waits(5), HangsUp]
                });
            var document = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Element(random, 0)));
            house.Twiml("/voice", document);
            house.Twiml("/else", "<Say>Else</Say>");
            var sid = await house.DialAsync(
                Waits(2), Says("I want to talk to somebody"), Waits(10), Presses("12#"), Waits(5), Presses("*"), Waits(600));
            await house.AdvanceAsync(300);
            await house.AskAsync("UpdateCall", sid, ("Status", "completed"));
            await house.AdvanceAsync(60);
            (await house.EntriesAsync(e => e.Kind == "fault")).Should().BeEmpty("seed {0}, number {1}: {2}", seed, i, document);
            (await house.World.Loop.RunAsync(() => house.Voice.Services.Book.LiveCount, default))
                .Should().Be(0, "seed {0}, number {1}: {2}", seed, i, document);
        }
    }

    private static string Element(Random random, int depth)
    {
        var name = Pick(random, Elements);
        var attributes = new StringBuilder();
        var rows = TwimlTable.All.Where(e => e.Place.Split('/')[^1] == name).SelectMany(e => e.Rows).DistinctBy(r => r.Name).ToList();
        foreach (var row in rows.Where(_ => random.Next(4) == 0))
        {
            string[] values = [.. row.Rule.Examples, .. row.Rule.Wrong, row.Default ?? "",
                Pick(random, Texts.Where(t => !t.Contains('<', StringComparison.Ordinal)).ToArray())];
            attributes.Append($" {row.Name}=\"{SecurityElement.Escape(Pick(random, values))}\"");
        }
        if (random.Next(20) == 0) attributes.Append(" colour=\"red\"");
        var body = new StringBuilder(Pick(random, Texts));
        if (depth < 3)
        {
            for (var i = random.Next(3); i > 0; i--)
            {
                body.Append(Element(random, depth + 1)).Append(random.Next(4) == 0 ? Pick(random, Texts) : "");
            }
        }
        return $"<{name}{attributes}>{body}</{name}>";
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}

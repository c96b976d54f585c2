using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Carrier.Tests.Handsets;

/// <summary>What phones remember lies in one room, whose oldest goes.</summary>
public sealed class PhoneMemoryTests
{
    private const int Block = 128 * 1024;
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private int _gone;

    [Fact]
    public void What_is_read_equals_what_was_put()
    {
        var memory = New(Block);
        var text = new HandsetText(At, "SM00000000000000000000000000000001", "+14155550100", "+14155550199", "hé", ["http://a/1.png"]);
        var sound = new HandsetSound(At, "CA1", "+14155550100", "speech", "good day", TimeSpan.FromSeconds(2));
        var code = new CodeKept(At, "123456", null, "sms", "+14155550100", "SM1");
        var (textAt, soundAt, codeAt) = (memory.Put(text), memory.Put(sound), memory.Put(code));

        memory.Read(textAt, HandsetText.Form).Should().BeEquivalentTo(text);
        memory.Read(soundAt, HandsetSound.Form).Should().Be(sound);
        memory.Read(codeAt, CodeKept.Form).Should().Be(code);
    }

    [Fact]
    public void A_text_keeps_what_a_channel_shows_around_it()
    {
        var memory = New(Block);
        var text = Text(0) with
        {
            Content = new RichContent
            {
                Type = "twilio/card",
                IsTemplate = true,
                Title = "Sale",
                Subtitle = "today",
                Footer = "STOP ends it",
                Buttons = [new RichButton("QUICK_REPLY", "Yes", "y", null), new RichButton("URL", "Look", null, "http://a/1")],
                ListButton = "Days",
                Items = [new RichItem("mon", "Monday", null), new RichItem("tue", "Tuesday", "late")],
                Cards = [new RichCard("One", null, "http://a/1.png", [new RichButton("QUICK_REPLY", "This", "1", null)])],
                Place = new RichPlace(37.7876, -122.3967, "Office", null),
            },
        };
        var place = memory.Put(text);
        memory.Put(Text(1));
        memory.Read(place, HandsetText.Form).Should().BeEquivalentTo(text).And.NotBeSameAs(text);
    }

    [Fact]
    public async Task A_phone_counts_its_texts_and_makes_none_for_it()
    {
        await using var world = NewWorld();
        await world.Loop.RunAsync(
            () =>
            {
                var phones = new HandsetDirectory(world);
                var phone = phones.Of("+14155560000");
                phone.SentCount.Should().Be(0);
                phone.Last.Should().BeNull();
                for (var i = 1; i <= 1_003; i++)
                {
                    phones.Text(phone.Number, "+14155550100", $"text {i}", []);
                    phone.SentCount.Should().Be(Math.Min(i, Handset.MaxTexts));
                    phone.Last!.Body.Should().Be($"text {i}");
                }
                var other = phones.Of("+14155550100");
                other.ReceivedCount.Should().Be(other.Received.Count).And.Be(Handset.MaxTexts);
                for (var i = 0; i < 8_000; i++) phones.Text("+14155560001", "+14155550101", $"text {i}", []);
                phone.SentCount.Should().Be(phone.Sent.Count).And.BeLessThan(Handset.MaxTexts, "the room has forgotten some");
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++) _ = other.ReceivedCount + other.SentCount;
                (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100);
            },
            default);
    }

    [Fact]
    public void What_fills_the_room_drives_out_the_oldest_and_says_how_much()
    {
        var memory = New(4 * Block);
        var places = Enumerable.Range(0, 10_000).Select(i => memory.Put(Text(i))).ToList();

        memory.ByteCount.Should().Be(4 * Block);
        var left = places.Count(memory.Has);
        left.Should().BeInRange(3 * Block / 200, 4 * Block / 60);
        (left + _gone).Should().Be(10_000);
        places.Select(memory.Has).Should().BeInAscendingOrder("none goes before an older one");
        memory.Read(places[^1], HandsetText.Form).Should().BeEquivalentTo(Text(9_999));
    }

    [Fact]
    public async Task A_phone_tells_of_no_text_that_was_forgotten_and_the_journal_says_that_some_were()
    {
        await using var world = NewWorld();
        await world.Loop.RunAsync(
            () =>
            {
                var phones = new HandsetDirectory(world);
                for (var i = 0; i < 8_000; i++) phones.Text($"+1415556{i % 20:0000}", "+14155550100", $"text {i}", []);
                var kept = phones.All.SelectMany(p => p.Sent).Select(t => int.Parse(t.Body[5..])).Order().ToList();
                kept.Should().BeEquivalentTo(Enumerable.Range(8_000 - kept.Count, kept.Count), "the newest are there, none twice");
                kept.Should().HaveCountLessThan(8_000).And.HaveCountGreaterThan(500);
            },
            default);
        world.Journal.NewestFirst().Should().Contain(e => e.Kind == "handset.trimmed");
    }

    private static HandsetText Text(int i) => new(At, "", "+14155550100", "+14155550199", $"a text of some words, number {i}", []);

    private static World NewWorld() => new(new WorldOptions
    {
        Clock = new ClockMode.Manual(),
        Start = WorldOptions.StoryStart,
        MaxPhoneBytes = 2 * Block,
    });

    private PhoneMemory New(long bytes) => new(bytes, count => _gone += count);
}

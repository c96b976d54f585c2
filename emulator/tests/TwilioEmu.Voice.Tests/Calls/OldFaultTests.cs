using System.Text.Json;
using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Conferences.ConferenceTests;

namespace TwilioEmu.Voice.Tests.Calls;

/// <summary>Faults that calls once had, each by its symptom.</summary>
public sealed class OldFaultTests
{
    [Fact]
    public async Task The_child_of_a_call_by_REST_is_bridged_with_the_person_and_not_with_the_apps_own_number()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { Script = [Waits(3), HangsUp] });
        house.Twiml("/voice", $"<Dial>{Friend}</Dial>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(30);
        var bridged = (await house.EntriesAsync(e => e.Kind == "call.bridged")).ToDictionary(e => e.Subject, e => Fact(e, "party"));
        bridged.Should().HaveCount(2);
        bridged[sid].Should().Be(Friend);
        bridged.Single(b => b.Key != sid).Value.Should().Be(Phone);
    }

    [Fact]
    public async Task A_ringback_lasts_as_long_as_it_rings()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { After = TimeSpan.FromSeconds(2), Script = [Waits(3), HangsUp] });
        house.Twiml("/voice", $"<Dial>{Friend}</Dial>");
        await house.DialAsync(Waits(1), Says("hello"), Waits(20));
        await house.AdvanceAsync(30);
        var rings = (await house.EntriesAsync(e => e.Kind is "call.heard" or "call.cut_short"))
            .Where(e => Fact(e, "words") == "ringback").ToList();
        rings.Select(e => e.Kind).Should().Equal("call.heard", "call.cut_short");
        Fact(rings[0], "duration").Should().BeNull("nobody knows beforehand how long it rings");
        (rings[1].At - rings[0].At).Should().BeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_bridge_of_silent_parties_that_lasts_for_hours_says_so()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Dial>{Friend}</Dial>");
        await house.DialAsync(Says("hello"));
        await house.AdvanceAsync(5 * 3600);
        (await house.EntriesAsync(e => e.Kind == "warning")).Select(e => e.ToJson())
            .Should().ContainSingle(w => w.Contains("4 hours") && w.Contains("nobody hung up"));
    }

    [Fact]
    public async Task A_limit_that_the_app_set_is_no_surprise()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='60'/>");
        await house.CreateAsync(("TimeLimit", "5"));
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind == "warning")).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_words_that_sound_when_a_conference_begins_the_rest_is_heard()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        await DialAsync(house, Phone, Says("alpha alpha alpha alpha alpha alpha alpha bravo charlie delta echo"), Waits(20));
        await house.AdvanceAsync(2);
        await DialAsync(house, Friend, Hears("delta echo", within: 10), Waits(20));
        await house.AdvanceAsync(40);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_number_that_dials_itself_is_ended_with_an_alert_that_names_the_loop()
    {
        await using var house = await BuildAsync(callsPerSecond: 1000);
        house.Twiml("/voice", $"<Dial>{Number}</Dial>");
        await house.DialAsync(Waits(60), HangsUp);
        await house.AdvanceAsync(5 * 3600);
        (await house.EntriesAsync(e => e.Kind == "alert")).Select(e => e.ToJson())
            .Should().Contain(line => line.Contains("a loop was ended"));
        (await house.EntriesAsync(e => e.Kind == "call.ringing")).Should().HaveCountLessThan(300);
    }

    private static string? Fact(Kernel.Journal.Entry entry, string name)
    {
        using var json = JsonDocument.Parse(entry.ToJson());
        return json.RootElement.GetProperty("data").TryGetProperty(name, out var value) ? value.ToString() : null;
    }
}

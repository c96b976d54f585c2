using System.Text.Json;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Kernel;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using static TwilioEmu.Tests.SmppLinks.SmppHouse;

namespace TwilioEmu.Tests.SmppLinks;

/// <summary>What is agreed with a gateway (its rate, its window), what is told of its sessions, and one that falls silent.</summary>
public sealed class GatewaySessionTests
{
    [Fact]
    public async Task Texts_faster_than_agreed_are_throttled()
    {
        await using var house = await StartAsync(s => s with { Throughput = 2 });
        var gateway = await house.BindAsync();
        var answers = new List<CommandStatus>();
        for (var i = 0; i < 4; i++) answers.Add(await house.RefusalAsync(gateway, Hello));
        answers.Should().Equal(CommandStatus.Ok, CommandStatus.Ok, CommandStatus.Throttled, CommandStatus.Throttled);
        await house.AdvanceAsync(1);
        (await house.RefusalAsync(gateway, Hello)).Should().Be(CommandStatus.Ok);
    }

    [Fact]
    public async Task The_sessions_of_a_gateway_share_its_throughput()
    {
        await using var house = await StartAsync(s => s with { Throughput = 2 });
        var (one, other) = (await house.BindAsync(), await house.BindAsync(BindMode.Transmitter));
        (await house.RefusalAsync(one, Hello)).Should().Be(CommandStatus.Ok);
        (await house.RefusalAsync(other, Hello)).Should().Be(CommandStatus.Ok);
        (await house.RefusalAsync(one, Hello)).Should().Be(CommandStatus.Throttled);
        (await house.RefusalAsync(other, Hello)).Should().Be(CommandStatus.Throttled);
        await house.AdvanceAsync(0.5);
        (await house.RefusalAsync(other, Hello)).Should().Be(CommandStatus.Ok);
        (await house.RefusalAsync(one, Hello)).Should().Be(CommandStatus.Throttled, "half a second holds one text of the two");
    }

    [Fact]
    public async Task Links_are_listed_with_who_is_bound_and_what_waits()
    {
        await using var house = await StartAsync();
        await house.SendAsync(Phone);
        await house.AdvanceAsync(1);
        var gateway = await house.TurnAsync(() => new PlayedSystem(house.World, house.Smpp, SmppRole.Esme) { Answers = _ => null });
        using var idle = await LinksAsync(house);
        var links = idle.RootElement.GetProperty("links");
        links.EnumerateArray().Select(l =>
            (
                l.GetProperty("name").GetString(), l.GetProperty("role").GetString(), l.GetProperty("system_id").GetString(),
                l.GetProperty("address").GetString()))
            .Should().Equal((SystemId, "smsc", SystemId, null), (Centre, "esme", "twilioemu", "127.0.0.1:1"));
        links[0].GetProperty("waiting").GetInt32().Should().Be(1, "nobody is bound to whom it could go");
        links[0].GetProperty("sessions").GetArrayLength().Should().Be(0);
        links[1].GetProperty("numbers")[0].GetString().Should().Be("+1415557*");

        await house.TurnAsync(() => gateway.Bind(BindMode.Transceiver, SystemId, Password));
        await house.SettleAsync();
        using var bound = await LinksAsync(house);
        var link = bound.RootElement.GetProperty("links")[0];
        link.GetProperty("waiting").GetInt32().Should().Be(0);
        link.GetProperty("sessions").GetArrayLength().Should().Be(1);
        var session = link.GetProperty("sessions")[0];
        (session.GetProperty("mode").GetString(), session.GetProperty("in_flight").GetInt32(), session.GetProperty("unanswered").GetInt32())
            .Should().Be(("transceiver", 1, 0));
        session.GetProperty("bound_at").GetDateTimeOffset().Should().Be(WorldOptions.StoryStart.AddSeconds(1));
        gateway.Dispose();
    }

    [Fact]
    public async Task An_SMSC_that_thinks_fills_the_window()
    {
        await using var house = await StartAsync(s => s with { AnswersAfter = TimeSpan.FromSeconds(5), PeerWindow = 1 });
        var gateway = await house.BindAsync();
        var first = await house.TurnAsync(() => gateway.AskAsync(CommandId.SubmitSm, Hello));
        (await house.RefusalAsync(gateway, Hello)).Should().Be(CommandStatus.Throttled);
        first.IsCompleted.Should().BeFalse();
        await house.AdvanceAsync(5);
        (await first)!.Status.Should().Be(CommandStatus.Ok);
    }

    [Fact]
    public async Task A_gateway_that_falls_silent_is_asked_and_let_go()
    {
        await using var house = await StartAsync(s => s with { Inactivity = TimeSpan.FromMinutes(2) });
        var gateway = await house.BindAsync();
        await house.AdvanceAsync(90);
        gateway.IsBound.Should().BeTrue("it answers enquire_link");
        await house.AdvanceAsync(31);
        gateway.IsOver.Should().BeTrue();
        (await house.EntriesAsync(SmppEntries.Unbound)).Should().ContainSingle().Which.Should().Contain("inactive");
    }

    [Fact]
    public async Task A_number_that_is_not_the_gateways_is_warned_of_once_and_an_empty_source_is_its_first()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        for (var i = 0; i < 2; i++) await house.SubmitAsync(gateway, Hello with { Source = SmppAddress.Of("+14155559999") });
        await house.SubmitAsync(gateway, Hello with { Source = SmppAddress.None });
        await house.AdvanceAsync(1);
        house.Webhooks.Last()["From"].Should().Be(Phone);
        (await house.TurnAsync(
            () => house.World.Journal.After(0).Count(e => e.ToJson().Contains("is not among its numbers", StringComparison.Ordinal))))
            .Should().Be(1);
    }

    private static async Task<JsonDocument> LinksAsync(SmppHouse house)
    {
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync($"{house.Url}/_emu/v1/smpp/links"));
    }
}

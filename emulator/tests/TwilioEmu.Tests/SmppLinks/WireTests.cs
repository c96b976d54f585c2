using System.Net;
using System.Net.Sockets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Smpp.Pdus;
using static TwilioEmu.Tests.SmppLinks.SmppHouse;

namespace TwilioEmu.Tests.SmppLinks;

/// <summary>SMPP over sockets: one emulator is the gateway's SMSC, another binds to it.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_emulators_text_each_other_and_bind_again_after_a_reset(bool isSecure)
    {
        await using var smsc = await StartAsync(listening: new SmppListening { Port = 0, TlsPort = 0 }, clock: new ClockMode.Real());
        var port = await smsc.TurnAsync(() => isSecure ? smsc.Smpp.TlsPort : smsc.Smpp.Port);
        await using var esme = await StartAsync(
            centre: c => new SmppCentre("127.0.0.1", port, SystemId)
            {
                Label = Centre,
                Password = Password,
                IsSecure = isSecure,
                Numbers = ["+14155550101"],
            },
            clock: new ClockMode.Real(), binds: true, app: "+14155550199", second: null);
        await esme.ExpectAsync(SmppEntries.Bound);

        // The other's app has the number of a phone of the gateway's; its long text goes in parts, and comes whole.
        var sid = await smsc.SendAsync(Phone, new string('x', 400));
        await smsc.ExpectAsync(SmppEntries.Sent);
        await esme.ExpectAsync(SmppEntries.Submitted);
        (await smsc.StatusAsync(sid)).Should().Be(("delivered", null));
        var back = await esme.SendAsync("+14155550101", "Hello", from: Phone);
        await esme.ExpectAsync(SmppEntries.Receipt);
        (await esme.StatusAsync(back)).Should().Be(("delivered", null));
        await smsc.ResetAsync();
        await esme.ExpectAsync(SmppEntries.Bound, count: 2);
    }

    [Fact]
    public async Task What_is_no_SMPP_is_cut_off_and_what_is_malformed_is_answered_while_others_go_on()
    {
        await using var house = await StartAsync(listening: new SmppListening { Port = 0 }, clock: new ClockMode.Real());
        var port = await house.TurnAsync(() => house.Smpp.Port);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var good = await ConnectAsync(port, limit.Token);
        (await AskAsync(
            good, Pdu.Request(CommandId.BindTransmitter, 1, new BindBody(SystemId, Password, "", 0x34, SmppAddress.None)),
            limit.Token)).Status
            .Should().Be(CommandStatus.Ok);
        using (var stranger = await ConnectAsync(port, limit.Token))
        {
            await stranger.GetStream().WriteAsync("what is this, please?\r\n\r\n"u8.ToArray(), limit.Token);
            (await ReadAsync(stranger, limit.Token)).Command.Should().Be(CommandId.GenericNack);
            (await stranger.GetStream().ReadAsync(new byte[1], limit.Token)).Should().Be(0, "nobody knows where the next PDU begins");
        }
        (await AskAsync(good, new Pdu((CommandId)0x199, CommandStatus.Ok, 2, PduBody.Empty), limit.Token)).Status
            .Should().Be(CommandStatus.InvCmdId);
        (await AskAsync(good, Pdu.Request(CommandId.SubmitSm, 3, Hello), limit.Token)).Status.Should().Be(CommandStatus.Ok);
    }

    [Fact]
    public async Task While_a_gateway_thinks_virtual_time_that_runs_by_itself_stands()
    {
        await using var house = await StartAsync(listening: new SmppListening { Port = 0 }, clock: new ClockMode.Auto());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var gateway = await ConnectAsync(await house.TurnAsync(() => house.Smpp.Port), limit.Token);
        (await AskAsync(
            gateway, Pdu.Request(CommandId.BindTransceiver, 1, new BindBody(SystemId, Password, "", 0x34, SmppAddress.None)),
            limit.Token)).Status
            .Should().Be(CommandStatus.Ok);
        var sid = await house.SendAsync(Phone);
        var delivered = await ReadAsync(gateway, limit.Token);
        delivered.Command.Should().Be(CommandId.DeliverSm);
        var tomorrow = new TaskCompletionSource();
        using var timer = await house.TurnAsync(
            () => house.World.Clock.CreateTimer(_ => tomorrow.SetResult(), null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan));
        for (var i = 0; i < 5; i++) (await house.StatusAsync(sid)).Status.Should().Be("sent");
        tomorrow.Task.IsCompleted.Should().BeFalse("deliver_sm is not answered yet");
        await gateway.GetStream().WriteAsync(
            PduCodec.Write(Pdu.Response(CommandId.DeliverSm, delivered.Sequence, CommandStatus.Ok, new MessageIdBody(""))), limit.Token);
        await tomorrow.Task.WaitAsync(limit.Token);
        (await house.StatusAsync(sid)).Should().Be(("delivered", null));
    }

    private static async Task<TcpClient> ConnectAsync(int port, CancellationToken cancellation)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return client;
    }

    private static async Task<Pdu> AskAsync(TcpClient client, Pdu request, CancellationToken cancellation)
    {
        await client.GetStream().WriteAsync(PduCodec.Write(request), cancellation);
        return await ReadAsync(client, cancellation);
    }

    private static async Task<Pdu> ReadAsync(TcpClient client, CancellationToken cancellation)
    {
        var framing = new PduFraming();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await client.GetStream().ReadAsync(buffer, cancellation);
            count.Should().BePositive("an answer is awaited");
            if (framing.Add(buffer.AsSpan(0, count)) is not [var first, ..]) continue;
            PduCodec.Read(first, out var pdu).Should().BeNull();
            return pdu!;
        }
    }
}

using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>What goes over the wires of a call between two phones: sound to and from the emulator alone.</summary>
[Trait("slow", "")]
public sealed class AnchoredSoundTests
{
    private const string DialsOn = "<Response><Dial><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>";
    private const string Service = "sip:service@" + SipDomainHouse.Domain;

    private static async Task<(WirePhone Caller, WirePhone Callee)> CallAsync(SipDomainHouse house)
    {
        var callee = new WirePhone(new PhoneSetup("myuser2", house.Port) { Hertz = 1000 });
        (await callee.RegisterAsync()).Should().Be(200);
        var caller = new WirePhone(new PhoneSetup("myuser1", house.Port) { Hertz = 700 });
        await caller.CallAsync(Service);
        await callee.ConnectedAsync();
        return (caller, callee);
    }

    [Fact]
    public async Task No_packet_of_one_leg_reaches_the_others_address()
    {
        var (first, last) = OwnPorts.Range();
        await using var house = await SipDomainHouse.StartAsync(
            _ => DialsOn, listening: new SipListening { Port = 0, RtpPorts = (first, last) });
        var (caller, callee) = await CallAsync(house);
        await using var one = caller;
        await using var other = callee;
        await caller.HearsAsync(1000);
        await callee.HearsAsync(700);
        foreach (var phone in new[] { caller, callee })
        {
            phone.Told!.Port.Should().BeInRange(first, last, "it is told a port of the emulator's");
            phone.Packets.Should().OnlyContain(p => p.From.Equals(phone.Told), "and nobody else sends to it");
        }
        caller.Told!.Port.Should().NotBe(callee.Told!.Port);
    }

    [Fact]
    public async Task A_streams_clock_counts_every_frame_whether_it_was_sent_or_not()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => DialsOn);
        var (caller, callee) = await CallAsync(house);
        await using var one = caller;
        await using var other = callee;
        await house.SpendAsync(TimeSpan.FromSeconds(10));
        await caller.HearsAsync(1000);
        await callee.HearsAsync(700);
        await caller.HangUpAsync();
        await house.ExpectAsync(CallEntries.Completed, 2);
        foreach (var phone in new[] { caller, callee })
        {
            var packets = phone.Packets;
            packets.Select(p => p.Header.Ssrc).Distinct().Should().ContainSingle("it is one stream from beginning to end");
            packets.Select(p => p.Header.Sequence).Should().OnlyHaveUniqueItems();
            var first = packets[0].Header;
            // A busy machine drops frames; then the next one is later by as much, and tells so, or the two ends would drift apart.
            packets.Should().OnlyContain(p => (p.Header.Timestamp - first.Timestamp) % 160 == 0 && p.Pcm.Length == 160);
            packets.Should().OnlyContain(p => (ushort)(p.Header.Sequence - first.Sequence) <= (p.Header.Timestamp - first.Timestamp) / 160);
        }
        (await house.ExpectAsync(SipEntries.Sounded, 2))
            .Should().OnlyContain(e => e.ToJson().Contains("\"lost\":0,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_phone_in_a_browser_page_registers_is_called_and_hung_up_on_over_a_WebSocket()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => DialsOn, listening: new SipListening { Port = 0, WebSocketPort = 0, RtpPorts = OwnPorts.Range() });
        await using var page = new WirePhone(new PhoneSetup("myuser2", house.Host.WebSocketPort) { Transport = "ws", Hertz = 1000 });
        (await page.RegisterAsync()).Should().Be(200);
        (await house.ExpectAsync(SipEntries.Registered)).Should().ContainSingle().Which.ToJson().Should().Contain("ws:127.0.0.1");
        await using var caller = new WirePhone(new PhoneSetup("myuser1", house.Port) { Transport = "tcp", Hertz = 700 });
        await caller.CallAsync(Service);
        await page.HearsAsync(700);
        await caller.HearsAsync(1000);
        await caller.HangUpAsync();
        (await page.Ended).ByUs.Should().BeFalse();
        await house.ExpectAsync(CallEntries.Completed, 2);
    }
}

using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Composition;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>A switch at a trunk transfers its calls, as far as the trunk's <c>TransferMode</c> lets it.</summary>
[Trait("slow", "")]
public sealed class TrunkTransferTests
{
    private const string Caller = "+14155550177";
    private const string Target = "+14155550188";

    /// <summary>However long a busy machine takes to connect it.</summary>
    private const string Talks =
        "[{\"hears\":\"good day\",\"within\":\"60s\"},{\"says\":\"Hello, who is this?\"},{\"wait\":\"2s\"},{\"hangs_up\":true}]";

    private const string Listens = "[]";

    [Theory, InlineData("from-transferee", Caller), InlineData("from-transferor", WorldSetup.DefaultNumber)]
    public async Task A_caller_is_connected_with_another_number_and_the_switch_is_told_and_hung_up_on(string callerId, string shown)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var port = await TrunkAsync(house, "TransferMode", "enable-all", "TransferCallerId", callerId);
        var transferring = StrangerProgram.SippAsync(
            SippScenario.TransferringSwitch($"tel:{Target}", 202, 100, 180, 200), "-p", $"{port}", "-m", "1");
        await house.BehaveAsync(Target, "{\"greeting\":\"Good day\"}");
        await house.DialAsync(Caller, WorldSetup.DefaultNumber, Talks);
        var (code, said) = await transferring;
        code.Should().Be(0, said);
        (await house.ExpectAsync(HandsetEntries.Ringing))
            .Should().ContainSingle().Which.ToJson().Should().Contain(Target).And.Contain($"\"from\":\"{shown}\"");
        await house.ExpectAsync(CallEntries.Completed);
        // What the caller hears of it first, and what it then says.
        (await house.ExpectAsync(TranscriptEntries.Heard, 2))
            .Should().Contain(e =>
                e.ToJson().Contains(Target, StringComparison.Ordinal) && e.ToJson().Contains("who is this", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_is_connected_with_another_SIP_address_by_sip_only()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var port = await TrunkAsync(house, "TransferMode", "sip-only");
        var desk = OwnPorts.One();
        var answering = StrangerProgram.SippAsync(SippScenario.Switch(200), "-p", $"{desk}", "-m", "1");
        var transferring = StrangerProgram.SippAsync(
            SippScenario.TransferringSwitch($"sip:desk@127.0.0.1:{desk}", 202, 100, 180, 200), "-p", $"{port}", "-m", "1");
        var call = await house.DialAsync(Caller, WorldSetup.DefaultNumber, Listens);
        var (code, said) = await transferring;
        code.Should().Be(0, said);
        await house.ActAsync(call, "{\"hangs_up\":true}");
        (code, said) = await answering;
        code.Should().Be(0, said);
        (await house.ExpectAsync(SipEntries.Connected, 2)).Should().HaveCount(2);
        await house.ExpectAsync(CallEntries.Completed);
    }

    [Theory, InlineData("disable-all", "tel:" + Target), InlineData("disable-all", "sip:desk@127.0.0.1:9"),
        InlineData("sip-only", "tel:" + Target),
            InlineData("sip-only", "sip:" + Target + "@myswitch.pstn.twilio.com"),
            InlineData("enable-all", "sip:desk@127.0.0.1:9?Replaces=1%3Bto-tag%3D2%3Bfrom-tag%3D3")]
    public async Task What_the_trunk_does_not_allow_is_declined_with_32218_and_the_call_goes_on(string mode, string referTo)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var port = await TrunkAsync(house, "TransferMode", mode);
        var transferring = StrangerProgram.SippAsync(SippScenario.TransferringSwitch(referTo, 603), "-p", $"{port}", "-m", "1");
        await house.DialAsync(Caller, WorldSetup.DefaultNumber, Listens);
        var (code, said) = await transferring;
        code.Should().Be(0, said);
        (await house.ExpectAsync(Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain("32218");
        await house.ExpectAsync(CallEntries.Completed);
    }

    [Fact]
    public async Task A_target_that_is_busy_is_told_and_the_switch_keeps_its_call()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var port = await TrunkAsync(house, "TransferMode", "enable-all");
        var desk = OwnPorts.One();
        var busy = StrangerProgram.SippAsync(SippScenario.Switch(486), "-p", $"{desk}", "-m", "1");
        var transferring = StrangerProgram.SippAsync(
            SippScenario.TransferringSwitch($"sip:desk@127.0.0.1:{desk}", 202, 100, 486), "-p", $"{port}", "-m", "1");
        await house.DialAsync(Caller, WorldSetup.DefaultNumber, Listens);
        (await busy).Code.Should().Be(0);
        var (code, said) = await transferring;
        code.Should().Be(0, said);
        await house.ExpectAsync(CallEntries.Completed);
    }

    /// <summary>RFC 5589 §6.1; the live service tells who left, too (thevoiceguy/siphon-ai 357).</summary>
    [Fact]
    public async Task A_switch_that_hangs_up_once_its_REFER_is_taken_is_told_how_it_went_and_its_caller_is_connected()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var port = await TrunkAsync(house, "TransferMode", "enable-all");
        await house.BehaveAsync(Target, "{\"answers\":\"1s\",\"greeting\":\"Good day\"}");
        var transferring = StrangerProgram.SippAsync(SippScenario.LeavingSwitch($"tel:{Target}", 1, 100, 180, 200), "-p", $"{port}", "-m", "1");
        await house.DialAsync(Caller, WorldSetup.DefaultNumber, Talks);
        var (code, said) = await transferring;
        code.Should().Be(0, said);
        (await house.ExpectAsync(TranscriptEntries.Heard, 2))
            .Should().Contain(e =>
                e.ToJson().Contains(Target, StringComparison.Ordinal) && e.ToJson().Contains("who is this", StringComparison.Ordinal));
    }

    /// <summary>To the live gateways it is a SIP address, and none they call (jambonz/sbc-inbound 62, jambonz-feature-server 1296).</summary>
    [Fact]
    public async Task A_number_at_the_emulators_own_address_is_no_number_to_transfer_to()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: Target);
        var port = await TrunkAsync(house, "TransferMode", "enable-all");
        var transferring = StrangerProgram.SippAsync(
            SippScenario.TransferringSwitch($"sip:{Target}@127.0.0.1:{house.Port}", 202, 100, 403), "-p", $"{port}", "-m", "1");
        await house.DialAsync(Caller, WorldSetup.DefaultNumber, Listens);
        var (code, said) = await transferring;
        code.Should().Be(0, said);
        await house.ExpectAsync(CallEntries.Completed);
    }

    /// <summary>A trunk with the account's number on it, and one switch.</summary>
    /// <returns>The switch's port.</returns>
    private static async Task<int> TrunkAsync(SipDomainHouse house, params string[] more)
    {
        var trunk = await house.PostAsync(
            "/trunking/v1/Trunks", ["FriendlyName", "switch", "DomainName", "myswitch.pstn.twilio.com", .. more]);
        var number = (await house.GetAsync("IncomingPhoneNumbers.json"))
            .GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString()!;
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers", "PhoneNumberSid", number);
        var port = OwnPorts.One();
        await house.PostAsync(
            $"/trunking/v1/Trunks/{trunk}/OriginationUrls", "FriendlyName", "pbx", "SipUrl", $"sip:127.0.0.1:{port}", "Weight", "10",
            "Priority", "1", "Enabled", "true");
        return port;
    }
}

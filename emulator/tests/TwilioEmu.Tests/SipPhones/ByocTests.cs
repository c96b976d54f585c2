using TwilioEmu.Composition;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Carriers of the app's own: BYOC trunks, by their connection policies.</summary>
[Trait("slow", "")]
public sealed class ByocTests
{
    private const string Phone = "+14155550177";

    [Fact]
    public async Task A_call_goes_out_by_the_policys_targets_past_one_that_errs_and_shows_the_trunks_domain()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response><Say>Hello</Say></Response>");
        var policy = await house.PostAsync("/voice/v1/ConnectionPolicies", "FriendlyName", "carriers");
        var (bad, good) = (OwnPorts.One(), OwnPorts.One());
        foreach (var (port, priority) in new[] { (bad, "1"), (good, "2") })
        {
            await house.PostAsync(
                $"/voice/v1/ConnectionPolicies/{policy}/Targets", "Target", $"sip:127.0.0.1:{port}", "Priority", priority, "Weight", "10",
                "Enabled", "true");
        }
        var trunk = await house.PostAsync(
            "/voice/v1/ByocTrunks", "FriendlyName", "carrier", "ConnectionPolicySid", policy, "FromDomainSid", house.DomainSid);
        var refusing = StrangerProgram.SippAsync(SippScenario.Switch(503), "-p", $"{bad}", "-m", "1");
        var answering = StrangerProgram.SippAsync(
            SippScenario.Switch(200, $"sip:.{WorldSetup.DefaultNumber}@yourname.sip.twilio.com".Replace("+", "", StringComparison.Ordinal)),
            "-p", $"{good}", "-m", "1");
        await house.SpendAsync(TimeSpan.FromSeconds(1));
        var call = await house.PostAsync(
            "Calls.json", "To", Phone, "From", WorldSetup.DefaultNumber, "Byoc", trunk, "Url", "http://myapp.test/voice");
        (await refusing).Code.Should().Be(0);
        var (code, said) = await answering;
        code.Should().Be(0, said);
        await house.ExpectAsync(CallEntries.Completed);
        (await house.GetAsync($"Calls/{call}.json")).GetProperty("status").GetString().Should().Be("completed");
    }

    [Fact]
    public async Task A_trunk_without_targets_fails_the_call_with_32400()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var trunk = await house.PostAsync("/voice/v1/ByocTrunks", "FriendlyName", "carrier");
        await house.PostAsync("Calls.json", "To", Phone, "From", WorldSetup.DefaultNumber, "Byoc", trunk, "Url", "http://myapp.test/voice");
        await house.ExpectAsync(CallEntries.Failed);
        (await house.ExpectAsync(Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain("32400");
    }

    [Fact]
    public async Task A_call_that_comes_in_by_a_trunk_runs_its_document_and_tells_nothing_of_SIP()
    {
        var asked = new TaskCompletionSource<Dictionary<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await SipDomainHouse.StartAsync(
            request =>
            {
                asked.TrySetResult(request);
                return "<Response><Reject/></Response>";
            },
            callers: false, address: "127.0.0.1");
        var trunk = await house.PostAsync("/voice/v1/ByocTrunks", "FriendlyName", "carrier", "VoiceUrl", "http://myapp.test/byoc");
        await house.PostAsync($"SIP/Domains/{house.DomainSid}.json", "ByocTrunkSid", trunk);
        var scenario = new SippScenario("+14155550100", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", "X-Secret: yes\n", isFirst: true).Receive(
                100, isOptional: true).Receive(404).Send("ACK", isFirst: true);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        (await asked.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().NotContainKey("SipDomain").And.NotContainKey("SipHeader_X-Secret");
    }
}

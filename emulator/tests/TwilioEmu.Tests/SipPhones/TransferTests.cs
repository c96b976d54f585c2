using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Verbs.Referring;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>REFER both ways: a dialled phone has the caller sent on, and a caller's phone is asked to call somebody else.</summary>
[Trait("slow", "")]
public sealed class TransferTests
{
    private const string Dialled = "sip:myuser2@yourname.sip.twilio.com";

    [Fact]
    public async Task A_dialled_phone_transfers_the_caller_by_referUrl_and_is_told_and_dropped()
    {
        Dictionary<string, string>? asked = null;
        await using var house = await SipDomainHouse.StartAsync(request =>
        {
            if (!request.ContainsKey("ReferTransferTarget"))
            {
                return $"<Response><Dial referUrl=\"/refer\"><Sip>{Dialled}</Sip></Dial></Response>";
            }
            asked = request;
            return "<Response><Say>You were sent on.</Say></Response>";
        });
        using var two = await Bridged.InAsync(house);
        await two.Callee.CommandAsync("transfer", "sip:+14155550177@elsewhere.example");
        (await house.ExpectAsync(ReferEntries.Wished)).Should().ContainSingle();
        await house.ExpectAsync(CallEntries.Completed, 2);
        asked.Should().ContainKey("ReferTransferTarget").WhoseValue.Should().Contain("sip:+14155550177@elsewhere.example");
        asked.Should().Contain("Direction", "inbound");
        await two.Callee.CommandAsync("quit");
        string.Concat(await two.Callee.Said).Should().Contain("transfer", "the phone was told how it went");
    }

    [Fact]
    public async Task A_callers_phone_has_whom_it_called_go_on_by_referUrl_and_leaves()
    {
        Dictionary<string, string>? asked = null;
        await using var house = await SipDomainHouse.StartAsync(request =>
        {
            if (!request.ContainsKey("ReferTransferTarget"))
            {
                return $"<Response><Dial referUrl=\"/refer\"><Sip>{Dialled}</Sip></Dial><Say>Not any more.</Say></Response>";
            }
            asked = request;
            return "<Response><Say>You were sent on.</Say></Response>";
        });
        using var two = await Bridged.InAsync(house);
        await two.Caller.CommandAsync("transfer", "sip:+14155550177@elsewhere.example");
        await house.ExpectAsync(ReferEntries.Wished);
        await house.ExpectAsync(CallEntries.Completed, 2);
        asked
            .Should().Contain("Direction", "outbound-dial")
            .And.ContainKey("ReferTransferTarget").WhoseValue
            .Should().Contain("sip:+14155550177@elsewhere.example");
        (await house.ExpectAsync(TranscriptEntries.Heard, 2))
            .Select(e => e.ToJson())
            .Should().Contain(e => e.Contains("You were sent on.", StringComparison.Ordinal))
            .And.NotContain(e => e.Contains("Not any more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wish_without_referUrl_is_declined_with_13802()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => $"<Response><Dial><Sip>{Dialled}</Sip></Dial></Response>");
        using var two = await Bridged.InAsync(house);
        await two.Callee.CommandAsync("transfer", "sip:+14155550177@elsewhere.example");
        (await house.ExpectAsync(Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain("13802");
        await two.Callee.CommandAsync("quit");
        string.Concat(await two.Callee.Said).Should().Contain("603 Decline");
    }

    [Fact]
    public async Task Refer_is_followed_by_a_phone_and_its_action_is_told_of_202_and_200()
    {
        var told = new TaskCompletionSource<Dictionary<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await SipDomainHouse.StartAsync(
            request =>
            {
                if (request.ContainsKey("ReferCallStatus")) told.TrySetResult(request);
                return "<Response><Say>Hello</Say><Refer "
                    + "action=\"/referred\"><Sip>sip:alice@sales.example?X-Why=because</Sip></Refer></Response>";
            },
            callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200).Send("ACK")
            .AcceptRefer("Refer-To: .sip:alice@sales.example.X-Why=because")
                .Notify(180, isOver: false).Notify(200, isOver: true).ReceiveRequest("BYE");
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(60)))
            .Should().Contain("ReferCallStatus", "in-progress")
            .And.Contain("ReferSipResponseCode", "202")
            .And.Contain("NotifySipResponseCode", "200");
    }

    [Theory, InlineData(405, null, "failed", "405"), InlineData(202, 486, "busy", "202")]
    public async Task A_Refer_that_fails_goes_on_with_its_action(int answer, int? notified, string status, string referCode)
    {
        var told = new TaskCompletionSource<Dictionary<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await SipDomainHouse.StartAsync(
            request =>
            {
                if (!request.ContainsKey("ReferCallStatus"))
                {
                    return "<Response><Say>Hello</Say><Refer action=\"/referred\"><Sip>sip:alice@sales.example</Sip></Refer></Response>";
                }
                told.TrySetResult(request);
                return "<Response><Hangup/></Response>";
            },
            callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200).Send("ACK");
        scenario = answer == 202
            ? scenario.AcceptRefer(null).Notify(notified!.Value, isOver: true)
            : scenario.ReceiveRequest("REFER", answer: "405 Method Not Allowed");
        var (code, said) = await StrangerProgram.SippAsync(scenario.ReceiveRequest("BYE").ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(60)))
            .Should().Contain("ReferCallStatus", status).And.Contain("ReferSipResponseCode", referCode);
    }

    /// <summary>A caller and the phone it was put through to, who talk.</summary>
    private sealed record Bridged(Softphone Caller, Softphone Callee) : IDisposable
    {
        public static async Task<Bridged> InAsync(SipDomainHouse house)
        {
            var two = new Bridged(
                new Softphone(new PhoneSetup("myuser1", house.Port) { Registers = false }),
                new Softphone(new PhoneSetup("myuser2", house.Port)));
            try
            {
                await house.ExpectAsync(SipEntries.Registered);
                await two.Caller.DialAsync($"sip:service@{SipDomainHouse.Domain}");
                await house.ExpectAsync(SipEntries.Connected, 2);
                await house.SpendAsync(TimeSpan.FromSeconds(1));
                return two;
            }
            catch
            {
                two.Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            Caller.Dispose();
            Callee.Dispose();
        }
    }
}

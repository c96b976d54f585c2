using System.Text.Json;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>What packets tell of a call: in its record, in Voice Insights, and aloud where they go nowhere.</summary>
/// <remarks>Sources: twilio.com/docs/voice/voice-insights/api/call (summary: edges; metrics).</remarks>
[Trait("slow", "")]
public sealed class MeasuredSoundTests
{
    private const string Service = "sip:service@" + SipDomainHouse.Domain;
    private const string Waits = "<Response><Say>Hello</Say><Pause length=\"600\"/></Response>";

    private static string Sid(Entry measured)
    {
        using var json = JsonDocument.Parse(measured.ToJson());
        return json.RootElement.GetProperty("subject").GetString()!;
    }

    [Fact]
    public async Task Insights_has_the_packets_of_a_call_every_ten_seconds_and_in_its_summary()
    {
        // Ten seconds of the call are little more than one of the test's.
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, wall: new FastWall(8));
        await using var phone = new WirePhone(new PhoneSetup("myuser1", house.Port) { Hertz = 700 });
        await phone.CallAsync(Service);
        var sid = Sid((await house.ExpectAsync(CallEntries.Measured, 2))[0]);
        var metrics = (await house.GetAsync($"/insights/v1/Voice/{sid}/Metrics")).GetProperty("metrics");
        metrics.GetArrayLength().Should().BeGreaterThanOrEqualTo(4, "each sample is of two directions");
        var (first, second) = (metrics[0], metrics[1]);
        (first.GetProperty("edge").GetString(), first.GetProperty("direction").GetString(), second.GetProperty("direction").GetString())
            .Should().Be(("sip_edge", "inbound", "outbound"));
        first.GetProperty("call_sid").GetString().Should().Be(sid);
        var came = first.GetProperty("sip_edge").GetProperty("interval");
        came.GetProperty("codec_name").GetString().Should().Be("pcmu");
        came.GetProperty("packets_received").GetInt64().Should().BePositive();
        came.GetProperty("packets_lost").GetInt64().Should().Be(0);
        came.GetProperty("mos").GetProperty("avg").GetDouble().Should().BeGreaterThan(4);
        second.GetProperty("sip_edge").GetProperty("interval").GetProperty("packets_sent").GetInt64().Should().BePositive();
        (await house.GetAsync($"/insights/v1/Voice/{sid}/Metrics?Direction=outbound")).GetProperty("metrics").EnumerateArray()
            .Should().OnlyContain(m => m.GetProperty("direction").GetString() == "outbound");
        (await house.GetAsync($"/insights/v1/Voice/{sid}/Metrics?Edge=carrier_edge")).GetProperty("metrics").GetArrayLength()
            .Should().Be(0);

        await phone.HangUpAsync();
        await house.ExpectAsync(CallEntries.Completed);
        var summary = await house.GetAsync($"/insights/v1/Voice/{sid}/Summary?ProcessingState=partial");
        var edge = summary.GetProperty("sip_edge");
        edge.GetProperty("properties").GetProperty("external_media_ip").GetString().Should().Be("127.0.0.1");
        var (inbound, outbound) = (edge.GetProperty("metrics").GetProperty("inbound"), edge.GetProperty("metrics").GetProperty("outbound"));
        inbound.GetProperty("packets_received").GetInt64()
            .Should().BeGreaterThan(came.GetProperty("packets_received").GetInt64(), "it is of the whole call");
        outbound.GetProperty("packets_sent").GetInt64().Should().BePositive();
        summary.GetProperty("carrier_edge").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_was_measured_of_a_call_that_the_document_ends_is_in_its_record_as_well()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response><Say>Hello</Say><Pause length=\"2\"/></Response>");
        await using var phone = new WirePhone(new PhoneSetup("myuser1", house.Port) { Hertz = 700 });
        await phone.CallAsync(Service);
        var sid = Sid((await house.ExpectAsync(CallEntries.Sounded)).Single());
        var summary = await house.GetAsync($"/insights/v1/Voice/{sid}/Summary?ProcessingState=partial");
        summary.GetProperty("sip_edge").GetProperty("metrics").GetProperty("inbound").GetProperty("packets_received").GetInt64()
            .Should().BePositive();
    }

    [Theory]
    [InlineData("192.0.2.7", "--sip-host")]
    [InlineData("0.0.0.0", "names no address")]
    [InlineData("phone.example.com", "names are not looked up")]
    public async Task A_description_that_leads_nowhere_is_warned_of_and_the_call_stands(string names, string why)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        await using var phone = new WirePhone(new PhoneSetup("myuser1", house.Port) { Hertz = 700, Names = names });
        await phone.CallAsync(Service);
        await house.ExpectAsync(SipEntries.Connected);
        (await house.ExpectAsync(WorldEntries.Warning))
            .Select(e => e.ToJson())
            .Should().ContainSingle(e => e.Contains("the phone may hear nothing", StringComparison.Ordinal)).Which
            .Should().Contain(why);
        house.Host.CallCount.Should().Be(1);
        // It talks all the same, from where it really is: there it is heard and answered to.
        if (names == "0.0.0.0") return;
        await phone.HearsAnythingAsync();
    }
}

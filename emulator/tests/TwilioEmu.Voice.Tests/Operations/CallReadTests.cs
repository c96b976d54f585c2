using System.Buffers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

public sealed class CallReadTests
{
    [Theory]
    [InlineData("To", "+14155550199", 2)]
    [InlineData("To", "415-555-0188", 1)]
    [InlineData("From", "+14155550188", 0)]
    [InlineData("Status", "completed", 2)]
    [InlineData("Status", "no-answer", 1)]
    [InlineData("Status", "ringing", 0)]
    [InlineData("ParentCallSid", "CA0", 0)]
    [InlineData("StartTime", "2026-01-05", 3)]
    [InlineData("StartTime", "2026-01-06", 0)]
    [InlineData("StartTime<", "2026-01-05", 0)]
    [InlineData("StartTime<", "2026-01-06", 3)]
    [InlineData("StartTime>", "2026-01-05", 3)]
    [InlineData("EndTime>", "2026-01-05T09:00:30Z", 1)]
    [InlineData("EndTime<", "2026-01-05T09:00:30Z", 2)]
    public async Task Lists_are_narrowed_by_filters(string name, string value, int count)
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { PickUp = Carrier.Handsets.PickUp.NoAnswer });
        await house.CreateAsync();
        await house.CreateAsync();
        await house.CreateAsync(("To", Friend));
        await house.AdvanceAsync(120);
        (await ListAsync(house, (name, value))).Should().HaveCount(count);
    }

    [Theory]
    [InlineData("Status", "done")]
    [InlineData("StartTime", "yesterday")]
    [InlineData("EndTime>", "x")]
    public async Task A_bad_filter_is_refused(string name, string value)
    {
        await using var house = await BuildAsync();
        (await house.AskAsync("ListCall", null, (name, value))).Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(20001);
    }

    [Fact]
    public async Task The_newest_comes_first()
    {
        await using var house = await BuildAsync();
        var sids = new[] { await house.CreateAsync(), await house.CreateAsync() };
        (await ListAsync(house)).Should().Equal(sids[1], sids[0]);
    }

    [Fact]
    public async Task A_finished_call_may_be_deleted_and_is_gone()
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync();
        (await house.AskAsync("DeleteCall", sid)).Should().BeOfType<Answer.Refusal>().Which.Error
            .Should().Match<Rest.Errors.TwilioError>(e => e.Code == 20009 && e.Status == 409);
        await house.AdvanceAsync(60);
        (await house.AskAsync("DeleteCall", sid)).Should().BeOfType<Answer.NoContent>();
        (await house.AskAsync("FetchCall", sid)).Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_finished_call_shows_its_times_as_text()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='15'/>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(60);
        var call = (Call)(await house.AskAsync("FetchCall", sid)).Should().BeOfType<Answer.Resource>().Which.Face;
        Show(call, "duration").Should().Be("\"15\"");
        Show(call, "start_time").Should().Be("\"Mon, 05 Jan 2026 09:00:00 +0000\"");
        Show(call, "end_time").Should().Be("\"Mon, 05 Jan 2026 09:00:17 +0000\"");
        Show(call, "queue_time").Should().Be("\"0\"");
        Show(call, "to_formatted").Should().Be("\"(415) 555-0199\"");
        Show(call, "status").Should().Be("\"completed\"");
        Show(call, "uri").Should().Be($"\"/2010-04-01/Accounts/{Account}/Calls/{sid}.json\"");
        Show(call, "price").Should().Be("\"-0.01400\"");
        Show(call, "subresource_uris").Should().Contain($"\"recordings\":\"/2010-04-01/Accounts/{Account}/Calls/{sid}/Recordings.json\"");
    }

    [Fact]
    public async Task A_price_is_known_some_time_after_the_end()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='61'/>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(64);
        Show(await FetchAsync(house, sid), "status").Should().Be("\"completed\"");
        Show(await FetchAsync(house, sid), "price").Should().Be("null");
        await house.AdvanceAsync(5);
        Show(await FetchAsync(house, sid), "price").Should().Be("\"-0.02800\"", "two minutes were begun");
        Show(await FetchAsync(house, sid), "price_unit").Should().Be("\"USD\"");
    }

    [Fact]
    public async Task A_call_that_is_not_answered_costs_nothing()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { PickUp = Carrier.Handsets.PickUp.Busy });
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(60);
        Show(await FetchAsync(house, sid), "price").Should().Be("null");
    }

    private static async Task<Call> FetchAsync(VoiceHouse house, string sid) =>
        (Call)(await house.AskAsync("FetchCall", sid)).Should().BeOfType<Answer.Resource>().Which.Face;

    private static async Task<List<string>> ListAsync(VoiceHouse house, params (string, string)[] filters)
    {
        var list = (await house.AskAsync("ListCall", null, filters)).Should().BeOfType<Answer.List>().Which;
        return await house.World.Loop.RunAsync(() => list.Walk(null).Select(i => i.Key).ToList(), default);
    }

    private static string Show(Call call, string property)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            call.WriteProperty(property, new FaceWriter(json, usesRfc2822: true, "http://localhost"));
            json.Flush();
            if (json.BytesCommitted == 0) json.WriteNullValue();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

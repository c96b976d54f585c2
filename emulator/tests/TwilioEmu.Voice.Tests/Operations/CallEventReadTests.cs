using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

/// <summary>Source: twilio.com/docs/voice/api/call-event-resource.</summary>
public sealed class CallEventReadTests
{
    [Fact]
    public async Task The_requests_of_a_call_and_their_answers_are_listed_oldest_first()
    {
        await using var house = await BuildAsync();
        await house.DialAsync();
        house.Twiml("/voice", "<Redirect>/two</Redirect>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(10);
        var list = (await house.AskAtAsync("ListCallEvent", new() { ["CallSid"] = sid })).Should().BeOfType<Answer.List>().Which;
        var events = await house.World.Loop.RunAsync(() => list.Walk(null).ToList(), default);
        events.Select(e => Read(e.Face, "request").GetProperty("url").GetString())
            .Should().Equal("http://app/voice", "http://app/two", "http://app/number-status");
        Read(events[0].Face, "request").GetProperty("parameters").GetProperty("call_sid").GetString().Should().Be(sid);
        var response = Read(events[0].Face, "response");
        response.GetProperty("response_code").GetInt32().Should().Be(200);
        response.GetProperty("response_body").GetString().Should().Contain("<Redirect>");
        response.EnumerateObject().Select(m => m.Name).Should().OnlyHaveUniqueItems();
        // The next page goes on after the last.
        (await house.World.Loop.RunAsync(() => list.Walk(events[0].Key).Count(), default)).Should().Be(2);
    }

    [Fact]
    public async Task A_call_that_is_not_there_has_no_events()
    {
        await using var house = await BuildAsync();
        (await house.AskAtAsync("ListCallEvent", new() { ["CallSid"] = "CA0" })).Should().BeOfType<Answer.Refusal>();
    }

    private static JsonElement Read(IFace face, string property)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) face.WriteProperty(property, new FaceWriter(json, true, "http://localhost"));
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        return document.RootElement.Clone();
    }
}

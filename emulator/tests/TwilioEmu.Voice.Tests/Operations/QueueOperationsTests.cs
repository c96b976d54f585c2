using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

/// <summary>Source: twilio.com/docs/voice/api/queue-resource, twilio.com/docs/voice/api/member-resource.</summary>
public sealed class QueueOperationsTests
{
    [Fact]
    public async Task A_queue_is_made_changed_and_removed()
    {
        await using var house = await BuildAsync();
        var made = await house.PostAsync("CreateQueue", ("FriendlyName", "support"));
        var sid = Read(made, "sid");
        (Read(made, "friendly_name"), Read(made, "max_size"), Read(made, "current_size")).Should().Be(("support", "1000", "0"));
        Read(await house.AskAsync("UpdateQueue", sid, ("FriendlyName", "help"), ("MaxSize", "7")), "max_size").Should().Be("7");
        Read(await house.AskAsync("FetchQueue", sid), "friendly_name").Should().Be("help");
        (await house.AskAsync("DeleteQueue", sid)).Should().BeOfType<Answer.NoContent>();
        Code(await house.AskAsync("FetchQueue", sid)).Should().Be(20404);
    }

    [Theory]
    [InlineData("FriendlyName", "", 20001)]
    [InlineData("FriendlyName", "a name of a queue that is as long as sixty-five characters, or so", 20001)]
    [InlineData("MaxSize", "0", 20001)]
    [InlineData("MaxSize", "5001", 20001)]
    [InlineData("MaxSize", "x", 20001)]
    public async Task Bad_values_are_refused(string name, string value, int code)
    {
        await using var house = await BuildAsync();
        Code(await house.PostAsync("CreateQueue", name == "FriendlyName" ? [(name, value)] : [("FriendlyName", "q"), (name, value)]))
            .Should().Be(code);
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await using var house = await BuildAsync();
        await house.PostAsync("CreateQueue", ("FriendlyName", "q"));
        Code(await house.PostAsync("CreateQueue", ("FriendlyName", "q"))).Should().Be(20409);
    }

    [Fact]
    public async Task Members_are_listed_in_order_with_their_waiting_times()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue waitUrl=''>q</Enqueue>");
        var first = await house.DialAsync(Waits(600));
        await house.AdvanceAsync(10);
        var second = await house.DialAsync(Waits(600));
        await house.AdvanceAsync(20);
        var queues = (Answer.List)await house.AskAtAsync("ListQueue", []);
        var queue = (await house.World.Loop.RunAsync(() => queues.Walk(null).Single(), default)).Face;
        var sid = Read(queue, "sid");
        (Read(queue, "current_size"), Read(queue, "average_wait_time")).Should().Be(("2", "25"));
        var members = (Answer.List)await house.AskAtAsync("ListMember", new() { ["QueueSid"] = sid });
        (await house.World.Loop.RunAsync(
            () => members.Walk(null)
                .Select(m => $"{Read(m.Face, "call_sid")} {Read(m.Face, "position")} {Read(m.Face, "wait_time")}").ToList(), default))
            .Should().Equal($"{first} 1 30", $"{second} 2 20");
        Read(await house.AskAtAsync("FetchMember", new() { ["QueueSid"] = sid, ["CallSid"] = "Front" }), "call_sid").Should().Be(first);
        Read(await house.AskAtAsync("FetchMember", new() { ["QueueSid"] = sid, ["CallSid"] = second }), "position").Should().Be("2");
        Code(await house.AskAtAsync("FetchMember", new() { ["QueueSid"] = sid, ["CallSid"] = "CA0" })).Should().Be(20404);
        Code(await house.AskAsync("DeleteQueue", sid)).Should().Be(20409);
    }

    [Fact]
    public async Task The_front_is_dequeued_to_a_document()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl=''>q</Enqueue>");
        house.Twiml("/next", "<Say>It is your turn</Say>");
        var call = await house.DialAsync(Waits(600));
        await house.AdvanceAsync(10);
        var sid = await house.World.Loop.RunAsync(() => house.Voice.Services.Queues.Records(Account).OldestFirst().Single().Sid, default);
        Code(await house.AskAtAsync("UpdateMember", new() { ["QueueSid"] = sid, ["CallSid"] = "Front" })).Should().Be(21205);
        Read(await house.AskAtAsync("UpdateMember", new() { ["QueueSid"] = sid, ["CallSid"] = "Front" }, ("Url", "http://app/next")),
            "position").Should().Be("1");
        await house.AdvanceAsync(10);
        (await house.StoryAsync(call)).Should().Contain(l => l.EndsWith("heard It is your turn"));
        house.Asked("/after", "QueueResult", "QueueTime").Single().Should().EndWith("redirected 10");
    }

    private static int Code(Answer answer) => answer.Should().BeOfType<Answer.Refusal>().Which.Error.Code;

    private static string Read(Answer answer, string property) => Read(answer.Should().BeOfType<Answer.Resource>().Which.Face, property);

    private static string Read(IFace face, string property)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) face.WriteProperty(property, new FaceWriter(json, true, "http://localhost"));
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        return document.RootElement.ToString();
    }
}

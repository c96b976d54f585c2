using TwilioEmu.Kernel;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Services;

public sealed class ScheduleTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_scheduled_message_is_queued_at_its_instant_and_told_of_from_then_on()
    {
        _house.App.On("/status", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        var scheduled = await ScheduleAsync(service, 3600, "StatusCallback", "http://app/status");
        (scheduled.Status, scheduled["status"], scheduled["from"], scheduled["num_segments"]).Should().Be((201, "scheduled", null, "0"));
        await _house.AdvanceAsync(3599);
        _house.App.Requests.Should().BeEmpty();
        await _house.AdvanceAsync(10);
        _house.StoryOf(scheduled["sid"]!).Single(e => e.Kind == "message.queued").At.Should().Be(3600);
        _house.App.Requests[0]["MessageStatus"].Should().Be("queued");
        _house.Received().Should().Equal("hi");
    }

    [Fact]
    public async Task A_cancelled_one_is_told_of_and_never_sent()
    {
        _house.App.On("/status", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        var sid = (await ScheduleAsync(service, 3600, "StatusCallback", "http://app/status"))["sid"];
        var canceled = await _house.Rest.PostAsync($"Messages/{sid}.json", "Status", "canceled");
        (canceled.Status, canceled["status"]).Should().Be((200, "canceled"));
        (await _house.Rest.PostAsync($"Messages/{sid}.json", "Status", "canceled")).Code.Should().Be(30409);
        await _house.AdvanceAsync(7200);
        _house.App.Requests.Should().ContainSingle().Which["MessageStatus"].Should().Be("canceled");
        _house.Received().Should().BeEmpty();
        (await _house.Rest.DeleteAsync($"Messages/{sid}.json")).Status.Should().Be(204);
    }

    [Theory]
    [InlineData(299, 35114)]
    [InlineData(300, 0)]
    [InlineData(3_024_000, 0)]
    [InlineData(3_024_001, 35114)]
    public async Task A_message_may_be_scheduled_five_minutes_to_thirty_five_days_ahead(int seconds, int code)
    {
        var answer = await ScheduleAsync(await ServiceHouse.CreateAsync(_house, MessagingHouse.Number), seconds);
        (answer.Status == 201 ? 0 : answer.Code).Should().Be(code);
    }

    [Fact]
    public async Task They_leave_in_the_order_of_their_instants_whatever_the_order_they_came_in()
    {
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        foreach (var (body, seconds) in new[] { ("third", 3000), ("first", 1000), ("second", 2000) })
        {
            await ScheduleAsync(service, seconds, "Body", body);
        }
        await _house.AdvanceAsync(4000);
        _house.Received().Should().Equal("first", "second", "third");
    }

    [Fact]
    public async Task Nothing_happens_while_they_wait()
    {
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        for (var i = 0; i < 50; i++) await ScheduleAsync(service, 1000);
        var before = 0L;
        _house.Do(() => before = _house.Rest.World.Journal.LastSeq);
        await _house.AdvanceAsync(900);
        _house.Do(() => _house.Rest.World.Journal.LastSeq.Should().Be(before, "nothing happens while they wait"));
    }

    [Fact]
    public async Task An_account_has_so_many_and_what_leaves_or_is_taken_back_makes_room()
    {
        new MessagingProduct().MaxScheduled.Should().Be(500_000, "twilio.com/docs/messaging/features/message-scheduling");
        await using var house = new MessagingHouse(maxScheduled: 3);
        var service = await ServiceHouse.CreateAsync(house, MessagingHouse.Number);
        var first = (await ScheduleAsync(house, service, 400))["sid"];
        foreach (var seconds in new[] { 400, 1000 }) (await ScheduleAsync(house, service, seconds)).Status.Should().Be(201);
        (await ScheduleAsync(house, service, 1000)).Code.Should().Be(35125);
        (await house.Rest.PostAsync($"Messages/{first}.json", "Status", "canceled")).Status.Should().Be(200);
        (await ScheduleAsync(house, service, 1000)).Status.Should().Be(201);
        (await ScheduleAsync(house, service, 1000)).Code.Should().Be(35125);
        await house.AdvanceAsync(401);
        (await ScheduleAsync(house, service, 1000)).Status.Should().Be(201, "the second has left");
        (await ScheduleAsync(house, service, 1000)).Code.Should().Be(35125);
    }

    private Task<RestAnswer> ScheduleAsync(string service, int seconds, params string[] more) =>
        ScheduleAsync(_house, service, seconds, more);

    private static Task<RestAnswer> ScheduleAsync(MessagingHouse house, string service, int seconds, params string[] more)
    {
        var at = WorldOptions.StoryStart.AddSeconds(seconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        string[] body = more.Contains("Body") ? [] : ["Body", "hi"];
        return house.Rest.PostAsync(
            "Messages.json",
            ["To", MessagingHouse.Phone, "MessagingServiceSid", service, "ScheduleType", "fixed", "SendAt", at, .. body, .. more]);
    }
}

using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Messaging.Tests.Receiving;

/// <summary>Replies that go round in a circle (14107).</summary>
public sealed class ReplyLoopTests
{
    [Fact]
    public async Task Two_machines_that_talk_to_each_other_are_stopped_with_14107()
    {
        await using var house = new MessagingHouse("http://app/sms", messagesPerSecond: 100);
        house.App.On("/sms", FakeApp.Twiml("<Response><Message>ping</Message></Response>"));
        await TextEveryAsync(house, 35, 29);
        house.Received().Should().HaveCount(30);
        (await house.AlertsAsync()).Should().HaveCount(5).And.OnlyContain(c => c == 14107);
        var failed = (await house.Rest.GetAsync("Messages.json?From=%2B14155550100")).Json.GetProperty("messages")
            .EnumerateArray().Where(m => m.GetProperty("status").GetString() == "failed");
        failed.Should().HaveCount(5).And.OnlyContain(m => m.GetProperty("error_code").GetInt32() == 14107);
    }

    [Fact]
    public async Task A_failed_reply_of_a_loop_is_told_to_its_callback()
    {
        await using var house = new MessagingHouse("http://app/sms", messagesPerSecond: 100);
        house.App.On("/sms", FakeApp.Twiml("<Response><Message statusCallback='/status'>ping</Message></Response>"))
            .On("/status", FakeApp.Empty);
        await TextEveryAsync(house, 31, 1);
        house.App.Requests.Where(r => r.Path == "/status" && r["MessageStatus"] == "failed")
            .Should().ContainSingle().Which["ErrorCode"].Should().Be("14107");
    }

    [Fact]
    public async Task Replies_half_a_minute_apart_are_no_loop()
    {
        await using var house = new MessagingHouse("http://app/sms", messagesPerSecond: 100);
        house.App.On("/sms", FakeApp.Twiml("<Response><Message>ping</Message></Response>"));
        await TextEveryAsync(house, 35, 30);
        house.Received().Should().HaveCount(35);
    }

    [Fact]
    public async Task Silence_of_half_a_minute_ends_the_row_of_a_loop()
    {
        await using var house = new MessagingHouse("http://app/sms", messagesPerSecond: 100);
        house.App.On("/sms", FakeApp.Twiml("<Response><Message>ping</Message></Response>"));
        await TextEveryAsync(house, 32, 1);
        await house.AdvanceAsync(30);
        await TextEveryAsync(house, 3, 1);
        await house.AdvanceAsync(5);
        house.Received().Should().HaveCount(33);
    }

    private static async Task TextEveryAsync(MessagingHouse house, int count, double seconds)
    {
        for (var i = 0; i < count; i++)
        {
            house.TextIn("pong");
            await house.AdvanceAsync(seconds);
        }
    }
}

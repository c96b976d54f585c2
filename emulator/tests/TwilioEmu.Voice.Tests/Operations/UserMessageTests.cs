using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.UserMessages;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

/// <summary>
/// twilio.com/docs/voice/api/userdefinedmessage-resource, userdefinedmessagesubscription-resource; error dictionary 327xx.
/// </summary>
public sealed class UserMessageTests
{
    [Fact]
    public async Task A_message_reaches_the_apps_own_phone_once_for_each_key()
    {
        await using var house = await BuildAsync();
        house.Behave("client:alice", new() { After = TimeSpan.FromSeconds(1), Script = [Waits(60)] });
        house.Twiml("/voice", "<Say>Hello</Say><Pause length='60'/>");
        var sid = await house.CreateAsync(("To", "client:alice"));
        await house.AdvanceAsync(5);
        var path = new Dictionary<string, string> { ["CallSid"] = sid };
        var first = (UserMessage)(
            (Answer.Resource)await house.AskAtAsync(
                "CreateUserDefinedMessage", path, ("Content", "{\"order\":7}"), ("IdempotencyKey", "a"))).Face;
        first.Sid.Should().StartWith("KX");
        var again = (UserMessage)(
            (Answer.Resource)await house.AskAtAsync(
                "CreateUserDefinedMessage", path, ("Content", "{\"order\":7}"), ("IdempotencyKey", "a"))).Face;
        again.Sid.Should().Be(first.Sid);
        (await house.EntriesAsync(e => e.Kind == "user_message.sent")).Single().ToJson()
            .Should().Contain("client:alice").And.Contain("order");
    }

    [Fact]
    public async Task The_newest_keys_of_a_call_are_remembered_and_a_forgotten_one_is_warned_of()
    {
        await using var house = await BuildAsync();
        house.Behave("client:alice", new() { After = TimeSpan.FromSeconds(1), Script = [Waits(60)] });
        house.Twiml("/voice", "<Say>Hello</Say><Pause length='60'/>");
        var sid = await house.CreateAsync(("To", "client:alice"));
        await house.AdvanceAsync(5);
        var sids = new List<string>();
        for (var i = 0; i <= IdempotencyKeys<UserMessage>.MaxCount; i++) sids.Add(await SendAsync($"key{i}"));
        (await house.EntriesAsync(e => e.Kind == "warning")).Single().ToJson().Should().Contain("IdempotencyKey key0 is forgotten");
        (await SendAsync("key1")).Should().Be(sids[1]);
        (await SendAsync("key0")).Should().NotBe(sids[0]);

        async Task<string> SendAsync(string key)
        {
            var answer = await house.AskAtAsync(
                "CreateUserDefinedMessage", new() { ["CallSid"] = sid }, ("Content", "{}"), ("IdempotencyKey", key));
            return ((UserMessage)((Answer.Resource)answer).Face).Sid;
        }
    }

    [Fact]
    public async Task A_message_to_a_telephone_is_warned_of()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello</Say><Pause length='60'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(5);
        await house.AskAtAsync("CreateUserDefinedMessage", new() { ["CallSid"] = sid }, ("Content", "1"));
        (await house.EntriesAsync(e => e.Kind == "warning")).Should().ContainSingle();
    }

    [Theory]
    [InlineData("not json", 32702)]
    [InlineData("", 32702)]
    public async Task What_is_no_JSON_is_refused(string content, int code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello</Say><Pause length='60'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(5);
        var answer = await house.AskAtAsync("CreateUserDefinedMessage", new() { ["CallSid"] = sid }, ("Content", content));
        answer.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
        var long_ = await house.AskAtAsync(
            "CreateUserDefinedMessage", new() { ["CallSid"] = sid }, ("Content", $"\"{new string('x', 10_000)}\""));
        long_.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(32703);
    }

    [Fact]
    public async Task A_subscription_is_made_once_for_each_key_and_deleted()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello</Say><Pause length='60'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(5);
        var path = new Dictionary<string, string> { ["CallSid"] = sid };
        var bad = await house.AskAtAsync("CreateUserDefinedMessageSubscription", path, ("Callback", "http://a_b.test/"));
        bad.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(21609);
        var made = (UserMessageSubscription)(
            (Answer.Resource)await house.AskAtAsync(
                "CreateUserDefinedMessageSubscription", path, ("Callback", "http://app/messages"), ("IdempotencyKey", "a"))).Face;
        var again = (UserMessageSubscription)(
            (Answer.Resource)await house.AskAtAsync(
                "CreateUserDefinedMessageSubscription", path, ("Callback", "http://app/messages"), ("IdempotencyKey", "a"))).Face;
        again.Sid.Should().Be(made.Sid).And.StartWith("ZY");
        var one = new Dictionary<string, string> { ["CallSid"] = sid, ["Sid"] = made.Sid };
        (await house.AskAtAsync("DeleteUserDefinedMessageSubscription", one)).Should().BeOfType<Answer.NoContent>();
        (await house.AskAtAsync("DeleteUserDefinedMessageSubscription", one)).Should().NotBeOfType<Answer.NoContent>();
    }
}

using System.Net;

namespace TwilioEmu.Client.Tests.Phones;

public sealed class HandsetTests(EmulatorHouse house) : IClassFixture<EmulatorHouse>
{
    private static int _phones;

    // A phone no other test knows.
    private readonly Handset _phone = house.Client.Handset($"+1212555{Interlocked.Increment(ref _phones) + 1000:0000}");

    [Fact]
    public async Task A_phone_texts_and_receives_the_reply()
    {
        var sent = await _phone.TextAsync(EmulatorHouse.Number, "hello & <goodbye>");
        sent.MessageSid.Should().MatchRegex("^SM[0-9a-f]{32}$");
        var text = await _phone.ShouldReceiveAsync("hello & <goodbye>", from: EmulatorHouse.Number);
        text.Body.Should().Be("You said: hello & <goodbye>");
        (text.From, text.To).Should().Be((EmulatorHouse.Number, _phone.Number));
        text.MediaUrls.Should().BeEmpty();
        var state = await _phone.StateAsync();
        state.Received.Should().ContainSingle().Which.Should().BeEquivalentTo(text);
        state.Sent.Should().ContainSingle().Which.Body.Should().Be("hello & <goodbye>");
    }

    [Fact]
    public async Task Each_text_is_found_once()
    {
        foreach (var body in new[] { "one", "two", "three" }) await house.PostMessageAsync(_phone.Number, body);
        (await _phone.ShouldReceiveAsync("three")).Body.Should().Be("three");
        (await _phone.ShouldReceiveAsync()).Body.Should().Be("one");
        (await _phone.ShouldReceiveMatchAsync("^t")).Body.Should().Be("two");
        var again = () => _phone.ShouldReceiveAsync();
        await again.Should().ThrowAsync<ExpectationFailedException>();
        await _phone.ShouldNotReceiveAsync();
    }

    [Fact]
    public async Task Waits_at_the_same_time_find_different_texts()
    {
        for (var i = 0; i < 4; i++) await house.PostMessageAsync(_phone.Number, $"{i}");
        var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _phone.ShouldReceiveAsync(within: TimeSpan.FromMinutes(1))));
        found.Select(t => t.Body).Should().BeEquivalentTo("0", "1", "2", "3");
    }

    [Fact]
    public async Task A_text_that_did_not_come_is_told_with_the_one_that_did()
    {
        await house.PostMessageAsync(_phone.Number, "Your table is ready");
        var wait = () => _phone.ShouldReceiveAsync("Your order is ready");
        var failed = (await wait.Should().ThrowAsync<ExpectationFailedException>()).Which;
        failed.Message.Should().StartWith($"{_phone.Number} should receive \"Your order is ready\"")
            .And.Contain("nearest").And.Contain("Your table is ready").And.Contain("does not contain \"Your order is ready\"");
        failed.Nearest.Should().ContainSingle(n => n.Entry.Kind == "handset.received" && n.Entry["body"] == "Your table is ready");
        failed.Match.Subject.Should().Be(_phone.Number);
    }

    [Fact]
    public async Task A_text_that_was_not_to_come_is_told()
    {
        await house.PostMessageAsync(_phone.Number, "spam");
        var wait = () => _phone.ShouldNotReceiveAsync();
        (await wait.Should().ThrowAsync<ExpectationFailedException>()).Which.Message
            .Should().Contain("should not receive a text").And.Contain("spam");
        await _phone.ShouldNotReceiveAsync("ham");
    }

    [Fact]
    public async Task A_phone_behaves_as_it_is_told()
    {
        var state = await _phone.ConfigureAsync(new HandsetSettings
        {
            PickUp = PickUp.Busy,
            After = TimeSpan.FromMilliseconds(1500),
            Texts = TextOutcome.Undelivered,
            ErrorCode = 30005,
            ReceiptDelay = TimeSpan.FromSeconds(3),
            Script =
            [
                ScriptStep.Hears("/hi/", TimeSpan.FromSeconds(4)), ScriptStep.Presses("1#"), ScriptStep.Says("yes"),
                ScriptStep.Wait(TimeSpan.FromSeconds(1)), ScriptStep.HangsUp(),
            ],
        });
        state.Behaviour.GetProperty("busy").GetString().Should().Be("1500ms");
        state.Behaviour.GetProperty("texts").GetProperty("status").GetString().Should().Be("undelivered");
        state.Behaviour.GetProperty("script").GetArrayLength().Should().Be(5);
        var sid = (await house.PostMessageAsync(_phone.Number, "x")).GetProperty("sid").GetString();
        var entry = (await house.Client.ExpectAsync(new EntryMatch { Kind = "message.undelivered", Subject = sid })).Single();
        entry["error_code"].Should().Be("30005");
        await _phone.ShouldNotReceiveAsync();
    }

    [Theory]
    [InlineData(PickUp.Answers)]
    [InlineData(PickUp.NoAnswer)]
    [InlineData(PickUp.Rejects)]
    [InlineData(PickUp.Machine)]
    [InlineData(PickUp.Unreachable)]
    public async Task Every_way_to_pick_up_is_a_word_of_the_emulators(PickUp pickUp) =>
        (await _phone.ConfigureAsync(new HandsetSettings { PickUp = pickUp, Texts = TextOutcome.NoReceipt, IsDrivenFromOutside = true }))
            .Behaviour.GetProperty("driven_from_outside").GetBoolean().Should().BeTrue();

    [Fact]
    public async Task An_accounts_number_is_no_phone()
    {
        var ask = () => house.Client.Handset(EmulatorHouse.Number).StateAsync();
        var refused = (await ask.Should().ThrowAsync<EmulatorException>()).Which;
        refused.Status.Should().Be(HttpStatusCode.Conflict);
        refused.Message.Should().Contain("belongs to an account");
    }

    [Fact]
    public async Task What_is_no_number_is_told_so()
    {
        var ask = () => house.Client.Handset("nobody/../x").StateAsync();
        (await ask.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(HttpStatusCode.BadRequest);
    }
}

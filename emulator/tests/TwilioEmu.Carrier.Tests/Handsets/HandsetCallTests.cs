using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Testing.Waiting;

namespace TwilioEmu.Carrier.Tests.Handsets;

public sealed class HandsetCallTests : IAsyncLifetime
{
    private const string Phone = "+14155550199";
    private const string Number = "+14155550100";
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });
    private HandsetDirectory _phones = null!;
    private Listener _listener = null!;

    public async ValueTask InitializeAsync() => await Do(() =>
    {
        _phones = new HandsetDirectory(_world);
        _listener = new Listener(_world);
    });

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(PickUp.Answers, "0.2 ringing,3.2 answered")]
    [InlineData(PickUp.Busy, "3.2 busy")]
    [InlineData(PickUp.Rejects, "0.2 ringing,3.2 rejected")]
    [InlineData(PickUp.Unreachable, "0.2 unreachable")]
    [InlineData(PickUp.NoAnswer, "0.2 ringing")]
    public async Task A_phone_takes_a_call_as_it_was_told(PickUp pickUp, string news)
    {
        await PlaceAsync(new HandsetBehaviour { PickUp = pickUp, After = Seconds(3) });
        await AdvanceAsync(60);
        string.Join(',', _listener.News).Should().Be(news);
    }

    [Fact]
    public async Task A_machine_greets_and_beeps()
    {
        await PlaceAsync(new HandsetBehaviour { PickUp = PickUp.Machine, After = Seconds(1) });
        await AdvanceAsync(60);
        _listener.News.Should().HaveCount(6);
        _listener.News[2].Should().StartWith("1.2 began Hello.");
        _listener.News[5].Should().EndWith("ended beep");
    }

    [Fact]
    public async Task A_script_that_begins_with_an_answer_rings_that_long()
    {
        await PlaceAsync(
            new HandsetBehaviour { PickUp = PickUp.NoAnswer, Script = [new ScriptStep.Answers(Seconds(7)), new ScriptStep.HangsUp()] });
        await AdvanceAsync(60);
        _listener.News.Should().Equal("0.2 ringing", "7.2 answered", "7.2 hung-up");
    }

    [Fact]
    public async Task Keys_are_pressed_when_the_words_have_been_spoken_not_when_the_sentence_ends()
    {
        _listener.WhenAnswered = leg => leg.Plays(_world, "press one now or wait for ever", Seconds(30));
        await PlaceAsync(new HandsetBehaviour { After = Seconds(1), Script = [Hears("press one"), new ScriptStep.Presses("1w#")] });
        await AdvanceAsync(60);
        _listener.News.Should().Equal("0.2 ringing", "1.2 answered", "10.878 pressed 1", "11.578 pressed #");
    }

    [Fact]
    public async Task Words_cut_off_are_not_heard()
    {
        _listener.WhenAnswered = leg =>
        {
            leg.Plays(_world, "goodbye my dear friend", Seconds(4));
            _world.Loop.Start(async () =>
            {
                await Task.Delay(Seconds(2), _world.Clock, _world.Ending);
                leg.FallsSilent(_world);
            });
        };
        await PlaceAsync(new HandsetBehaviour { After = Seconds(1), Script = [Hears("goodbye"), Hears("friend")] });
        await AdvanceAsync(60);
        _listener.News[^1].Should().EndWith("hung-up");
        (await EntryAsync("handset.script_failed")).ToJson().Should().Contain("\"wanted\":\"friend\"").And.Contain("\"heard\":\"my\"");
    }

    [Fact]
    public async Task A_match_is_behind_once_heard()
    {
        _listener.WhenAnswered = leg => leg.Plays(_world, "one two one two", Seconds(4));
        await PlaceAsync(new HandsetBehaviour
        {
            After = Seconds(1),
            Script = [Hears("two"), new ScriptStep.Presses("1"), Hears("/^one two$/"), new ScriptStep.Presses("2")],
        });
        await AdvanceAsync(60);
        _listener.News.Should().Equal("0.2 ringing", "1.2 answered", "3.2 pressed 1", "5.2 pressed 2");
    }

    [Fact]
    public async Task Speaking_takes_as_long_as_the_words_take()
    {
        await PlaceAsync(
            new HandsetBehaviour { After = Seconds(1), Script = [new ScriptStep.Says("sales please"), new ScriptStep.HangsUp()] });
        await AdvanceAsync(60);
        _listener.News.Should().Equal("0.2 ringing", "1.2 answered", "1.2 began sales please", "1.944 ended sales please", "1.944 hung-up");
    }

    [Fact]
    public async Task A_phone_driven_from_outside_rings_until_told_and_holds_time_meanwhile()
    {
        await PlaceAsync(new HandsetBehaviour { IsDrivenFromOutside = true });
        var advance = _world.Clock.AdvanceAsync(Seconds(60));
        await Eventually.TrueAsync(() => _world.Clock.OpenHolds.Any());
        _world.Clock.OpenHolds.Should().Equal($"{Phone}: an answer");
        await Do(() => _phones.LegsOf("CA0").Single().AnswerNow());
        await advance;
        _listener.News.Should().Equal("0.2 ringing", "0.2 answered");
    }

    [Fact]
    public async Task A_phone_driven_from_outside_holds_time_while_input_is_expected()
    {
        _listener.WhenAnswered = leg => leg.Do(new LegCommand.AwaitInput(true));
        await PlaceAsync(new HandsetBehaviour { IsDrivenFromOutside = true });
        var advance = _world.Clock.AdvanceAsync(Seconds(10));
        await Eventually.TrueAsync(() => _world.Clock.OpenHolds.Any());
        await Do(() => _phones.LegsOf("CA0").Single().AnswerNow());
        await Eventually.TrueAsync(() => _world.Clock.OpenHolds.Any());
        await Do(() =>
        {
            var leg = _phones.LegsOf("CA0").Single();
            leg.Press("12");
            leg.Speak("thank you");
        });
        await advance;
        _listener.News.Skip(2).Should().Equal("0.2 pressed 1", "0.4 pressed 2", "0.6 began thank you", "1.158 ended thank you");
    }

    [Fact]
    public async Task A_phone_whose_owner_has_acted_is_led_by_hand_until_the_call_is_over()
    {
        await using var world = new World(
            new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart, Patience = Patience.Usual });
        HandsetLeg leg = null!;
        await world.Loop.RunAsync(() =>
        {
            var phones = new HandsetDirectory(world);
            Place(phones, new Listener(world));
            leg = phones.LegsOf("CA0").Single();
        }, default);
        await world.Clock.AdvanceAsync(Seconds(5));
        leg.State.Should().Be(LegState.Answered);
        world.Clock.Standing.Leads.Should().BeEmpty();
        await world.Loop.RunAsync(() => leg.Press("1"), default);
        await world.Clock.AdvanceAsync(Seconds(1));
        world.Clock.Standing.Leads.Should().Equal($"{Phone}: led by hand");
        await world.Loop.RunAsync(leg.HangUpNow, default);
        world.Clock.Standing.Leads.Should().BeEmpty();
    }

    [Fact]
    public async Task A_hang_up_ends_what_the_owner_was_doing()
    {
        await PlaceAsync(
            new HandsetBehaviour
            {
                After = Seconds(1),
                Script = [new ScriptStep.Says("a very long story indeed"), new ScriptStep.Presses("1")]
            });
        await AdvanceAsync(2);
        await Do(() => _phones.LegsOf("CA0").Single().HangUpNow());
        await AdvanceAsync(60);
        _listener.News[^1].Should().Be("2.0 hung-up");
        (await _world.Loop.RunAsync(() => _phones.LegsOf("CA0").Count, default)).Should().Be(0);
    }

    [Fact]
    public async Task A_phone_that_dials_acts_once_it_is_connected()
    {
        var switchboard = new Switchboard(_world, _listener);
        await Do(() =>
        {
            _phones.Exchange.AddNumber(Number);
            _phones.Exchange.Attach(switchboard);
            _phones.Dial(Phone, Number, [new ScriptStep.Presses("5")]).Should().Be("CA1");
        });
        await AdvanceAsync(60);
        (switchboard.Offer!.From.Value, switchboard.Offer.To.Value).Should().Be((Phone, Number));
        _listener.News.Should().Equal("1.0 answered", "1.0 pressed 5");
    }

    [Fact]
    public async Task A_caller_who_only_waits_and_hangs_up_gives_up_while_it_rings()
    {
        await Do(() =>
        {
            _phones.Exchange.AddNumber(Number);
            _phones.Exchange.Attach(new Switchboard(_world, _listener));
            _phones.Dial(Phone, Number, [new ScriptStep.Waits(TimeSpan.FromMilliseconds(500)), new ScriptStep.HangsUp()]);
        });
        await AdvanceAsync(60);
        _listener.News.Should().Equal("0.5 hung-up");
    }

    [Theory]
    [InlineData("goodbye", true)]
    [InlineData("hello", false)]
    public async Task A_script_that_the_end_of_the_call_cuts_short_is_told(string wanted, bool isCutShort)
    {
        _listener.WhenAnswered = leg =>
        {
            leg.Plays(_world, "hello there", Seconds(2));
            _world.Loop.Start(async () =>
            {
                await Task.Delay(Seconds(3), _world.Clock, _world.Ending);
                leg.Do(new LegCommand.End(LegEnd.HungUp));
            });
        };
        await PlaceAsync(
            new HandsetBehaviour
            {
                After = Seconds(1),
                Script = [Hears(wanted), new ScriptStep.Waits(Seconds(60)), new ScriptStep.HangsUp()]
            });
        await AdvanceAsync(90);
        var kinds = await _world.Loop.RunAsync(() => _world.Journal.After(0).Select(e => e.Kind).ToList(), default);
        kinds.Contains("handset.script_cut_short").Should().Be(isCutShort);
        if (!isCutShort) return;
        (await EntryAsync("handset.script_cut_short")).ToJson().Should()
            .Contain("\"step\":\"hears\",\"wanted\":\"goodbye\",\"number\":1,\"of\":3,\"heard\":\"hello there\",\"end\":\"hung-up\"");
    }

    [Fact]
    public async Task A_call_from_phone_to_phone_is_declined_aloud_and_once()
    {
        (await _world.Loop.RunAsync(() => _phones.Dial(Phone, "+14155550198", null), default)).Should().BeNull();
        (await EntryAsync("not_emulated")).ToJson().Should().Contain("nobody in this world owns +14155550198");
        var kinds = await _world.Loop.RunAsync(() => _world.Journal.After(0).Select(e => e.Kind).ToList(), default);
        kinds.Should().NotContain("warning", "it would say the same");
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static ScriptStep Hears(string text)
    {
        TextPattern.TryParse(text, out var pattern, out _).Should().BeTrue();
        return new ScriptStep.Hears(pattern, ScriptStep.DefaultHearing);
    }

    private Task PlaceAsync(HandsetBehaviour behaviour) => Do(() =>
    {
        _phones.Configure(Phone, behaviour);
        _listener.On(Place(_phones, _listener));
    });

    private static ILeg Place(HandsetDirectory phones, Listener owner)
    {
        var to = PartyAddress.Read(Phone);
        return phones.Exchange.VoiceLine(to)!.Place(new CallOffer(AccountSid.None, "CA0", PartyAddress.Read(Number), to, 0), owner);
    }

    private Task AdvanceAsync(double seconds) => _world.Clock.AdvanceAsync(Seconds(seconds));

    private async Task<Kernel.Journal.Entry> EntryAsync(string kind) =>
        await _world.Loop.RunAsync(() => _world.Journal.After(0).Single(e => e.Kind == kind), default);

    private Task Do(Action turn) => _world.Loop.RunAsync(turn, default);
}

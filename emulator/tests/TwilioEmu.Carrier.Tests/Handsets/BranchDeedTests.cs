using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Carrier.Tests.Handsets;

/// <summary>What a phone's owner does by what they hear: branches, and rounds until something is heard.</summary>
public sealed class BranchDeedTests : IAsyncLifetime
{
    private const string Phone = "+14155550199";
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });
    private HandsetDirectory _phones = null!;
    private Listener _listener = null!;

    public async ValueTask InitializeAsync() => await _world.Loop.RunAsync(() =>
    {
        _phones = new HandsetDirectory(_world);
        _listener = new Listener(_world);
    }, default);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("please enter your pin", "pressed 1")]
    [InlineData("who is calling please", "began it is me")]
    public async Task The_branch_that_is_heard_is_done(string words, string deed)
    {
        await PlaceAsync(
            words,
            new ScriptStep.When(
                [On("enter your pin", new ScriptStep.Presses("1")), On("/who is (calling|there)/", new ScriptStep.Says("it is me"))],
                Seconds(20)),
            new ScriptStep.HangsUp());
        await AdvanceAsync(60);
        _listener.News.Should().Contain(n => n.EndsWith(deed)).And.Contain(n => n.EndsWith("hung-up"));
        (await FaultsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_two_that_match_the_one_spoken_first_stands()
    {
        await PlaceAsync(
            "one two three",
            new ScriptStep.When([On("three", new ScriptStep.Presses("3")), On("two", new ScriptStep.Presses("2"))], Seconds(20)),
            new ScriptStep.HangsUp());
        await AdvanceAsync(60);
        _listener.News.Should().ContainSingle(n => n.Contains("pressed")).Which.Should().EndWith("pressed 2");
    }

    [Fact]
    public async Task In_vain_the_call_is_ended_and_marked_with_all_that_was_waited_for()
    {
        await PlaceAsync("something else", new ScriptStep.When([On("one"), On("two")], Seconds(7)));
        await AdvanceAsync(60);
        (await FaultsAsync()).Should().ContainSingle().Which.Should().Contain("\"step\":\"when\"").And.Contain("one or two");
        _listener.News.Should().Contain("8.2 hung-up");
    }

    [Fact]
    public async Task A_branch_may_end_the_call_or_fail_in_itself()
    {
        await PlaceAsync(
            "goodbye", new ScriptStep.When([On("goodbye", new ScriptStep.HangsUp())], Seconds(20)), new ScriptStep.Says("never said"));
        await AdvanceAsync(60);
        _listener.News.Should().Contain(n => n.EndsWith("hung-up")).And.NotContain(n => n.Contains("never said"));
    }

    [Fact]
    public async Task Rounds_go_on_until_it_is_heard_even_by_the_steps_themselves()
    {
        await PlaceAsync(
            "more",
            new ScriptStep.Repeats(
                [new ScriptStep.Presses("5"), new ScriptStep.Hears(Pattern("/more|enough/"), Seconds(20))], Pattern("enough"), 50),
            new ScriptStep.HangsUp());
        for (var i = 0; i < 3; i++)
        {
            await AdvanceAsync(3);
            await _world.Loop.RunAsync(() => _leg!.Plays(_world, i < 2 ? "more" : "that is enough", Seconds(1)), default);
        }
        await AdvanceAsync(60);
        _listener.News.Count(n => n.EndsWith("pressed 5")).Should().Be(3, "the last was heard by the step itself");
        _listener.News.Should().Contain(n => n.EndsWith("hung-up"));
        (await FaultsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task So_many_rounds_are_done_and_then_the_script_goes_on()
    {
        await PlaceAsync(
            "hello", new ScriptStep.Repeats([new ScriptStep.Presses("1"), new ScriptStep.Waits(Seconds(1))], null, 3),
            new ScriptStep.Presses("9"), new ScriptStep.HangsUp());
        await AdvanceAsync(60);
        _listener.News.Where(n => n.Contains("pressed")).Select(n => n[^1]).Should().Equal('1', '1', '1', '9');
    }

    [Fact]
    public async Task Rounds_that_take_no_time_do_not_stop_it()
    {
        await PlaceAsync("hello", new ScriptStep.Repeats([new ScriptStep.Waits(TimeSpan.Zero)], null, 10), new ScriptStep.Presses("9"));
        await AdvanceAsync(60);
        _listener.News.Should().Contain("11.2 pressed 9");
    }

    [Fact]
    public async Task What_a_round_or_branch_could_not_do_before_the_end_is_told()
    {
        _listener.WhenAnswered = leg => { _leg = leg; };
        await PlaceAsync(
            null, new ScriptStep.Repeats(
                [new ScriptStep.Waits(Seconds(2)), new ScriptStep.Hears(Pattern("never"), Seconds(100))], null, 5));
        await AdvanceAsync(10);
        await _world.Loop.RunAsync(() => _leg!.Do(new LegCommand.End(LegEnd.Released)), default);
        await AdvanceAsync(1);
        (await _world.Loop.RunAsync(
            () => _world.Journal.After(0).Where(e => e.Kind == "handset.script_cut_short").Select(e => e.ToJson()).ToList(), default))
            .Should().ContainSingle().Which
            .Should().Contain("never");
    }

    private ILeg? _leg;

    private static ScriptBranch On(string words, params ScriptStep[] script) => new(Pattern(words), script);

    private static TextPattern Pattern(string words)
    {
        TextPattern.TryParse(words, out var pattern, out _).Should().BeTrue();
        return pattern;
    }

    private Task PlaceAsync(string? words, params ScriptStep[] script) => _world.Loop.RunAsync(() =>
    {
        if (words is not null)
        {
            _listener.WhenAnswered = leg =>
            {
                _leg = leg;
                leg.Plays(_world, words, Seconds(2));
            };
        }
        _phones.Configure(Phone, new HandsetBehaviour { After = Seconds(1), Script = script });
        var to = PartyAddress.Read(Phone);
        _listener.On(
            _phones.Exchange.VoiceLine(
                to)!.Place(new CallOffer(AccountSid.None, "CA1", PartyAddress.Read("+14155550100"), to, 0), _listener));
    }, default);

    private Task<List<string>> FaultsAsync() =>
        _world.Loop.RunAsync(
            () => _world.Journal.After(0).Where(e => e.Kind == "handset.script_failed").Select(e => e.ToJson()).ToList(), default);

    private Task AdvanceAsync(double seconds) => _world.Clock.AdvanceAsync(Seconds(seconds));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

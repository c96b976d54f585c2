using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Carrier.Tests.Handsets;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Tests.Switching;

public sealed class TieLineTests : IAsyncLifetime
{
    private const string Number = "+14155550100";
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });
    private Listener _near = null!;
    private Listener _far = null!;
    private Switchboard _switchboard = null!;
    private ILeg _leg = null!;

    public async ValueTask InitializeAsync() => await Do(() =>
    {
        _near = new Listener(_world);
        _far = new Listener(_world);
        _switchboard = new Switchboard(_world, _far);
        var exchange = new HandsetDirectory(_world).Exchange;
        exchange.AddNumber(Number);
        exchange.Attach(_switchboard);
        var to = PartyAddress.Read(Number);
        _leg = _near.On(
            exchange.VoiceLine(to)!.Place(new CallOffer(AccountSid.None, "CA0", PartyAddress.Read("+14155550101"), to, 0), _near));
    });

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_one_end_answers_the_other_hears_of()
    {
        await AdvanceAsync(2);
        _near.News.Should().Equal("0.0 ringing", "1.0 answered");
        (_switchboard.Leg!.Address.ToString(), _switchboard.Offer!.Subject).Should().Be(("+14155550101", ""));
    }

    [Fact]
    public async Task What_one_end_is_played_the_other_says()
    {
        await AdvanceAsync(2);
        await Do(() => _leg.Plays(_world, "hello there", TimeSpan.FromSeconds(1)));
        await AdvanceAsync(2);
        await Do(() => _leg.Plays(_world, "cut short", TimeSpan.FromSeconds(9)));
        await AdvanceAsync(0.5);
        await Do(() =>
        {
            _leg.FallsSilent(_world);
            _leg.ToParty.Put(new Cue(_world.Clock.GetUtcNow(), Lanes.Keys, new Source.Keys("1w2", DialString.DurationOf("1w2"))));
        });
        await AdvanceAsync(2);
        _far.News.Should().Equal(
            "1.0 answered", "2.0 began hello there", "3.0 ended hello there", "4.0 began cut short", "4.5 ended cut short", "4.5 pressed 1",
            "5.2 pressed 2");
    }

    [Fact]
    public async Task A_refusal_reaches_the_caller_with_its_reason()
    {
        await AdvanceAsync(0.5);
        await Do(() => _switchboard.Leg!.Do(new LegCommand.End(LegEnd.Busy)));
        await AdvanceAsync(2);
        _near.News.Should().Equal("0.0 ringing", "0.5 busy");
    }

    [Fact]
    public async Task Either_end_hangs_up_for_both()
    {
        await AdvanceAsync(2);
        await Do(() => _leg.Do(new LegCommand.End(LegEnd.HungUp)));
        await AdvanceAsync(1);
        (_near.News[^1], _far.News[^1]).Should().Be(("2.0 hung-up", "2.0 hung-up"));
    }

    private Task AdvanceAsync(double seconds) => _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    private Task Do(Action turn) => _world.Loop.RunAsync(turn, default);
}

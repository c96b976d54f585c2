using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Tests.Handsets;

/// <summary>The emulator's side of a leg: writes down its news, and what its party says, with the seconds since the start.</summary>
internal sealed class Listener(World world) : ILegOwner
{
    private readonly DateTimeOffset _start = world.Clock.GetUtcNow();
    private readonly Dictionary<int, string> _sounding = [];

    public List<string> News { get; } = [];

    public Action<ILeg>? WhenAnswered { get; set; }

    /// <summary>Listens to the party of a leg.</summary>
    public ILeg On(ILeg leg)
    {
        _ = new Media.Listening.Listener(leg.FromParty, world.Clock, Perceive, world.Loop.Post) { WantsWords = false };
        return leg;
    }

    public void Told(ILeg leg, LegNews news)
    {
        Note(news switch
        {
            LegNews.Progressed => "ringing",
            LegNews.Answered => "answered",
            LegNews.Ended(var end) => end.Word,
            _ => throw new InvalidOperationException($"no such news: {news}"),
        });
        if (news is LegNews.Answered) WhenAnswered?.Invoke(leg);
    }

    private void Perceive(Perceived perceived)
    {
        switch (perceived)
        {
            case Perceived.Key key: Note($"pressed {key.Digit}"); break;
            case Perceived.Began { Source: not Source.Keys } began:
                _sounding[began.Number] = Sounds.Caption(began.Source);
                Note($"began {Sounds.Caption(began.Source)}");
                break;
            case Perceived.Ended ended when _sounding.Remove(ended.Number, out var caption): Note($"ended {caption}"); break;
        }
    }

    private void Note(string news) =>
        News.Add(FormattableString.Invariant($"{(world.Clock.GetUtcNow() - _start).TotalSeconds:0.0##} {news}"));
}

/// <summary>What a holder of a leg gives its party to hear.</summary>
internal static class Hearable
{
    public static void Plays(this ILeg leg, World world, string words, TimeSpan pace) =>
        leg.ToParty.Put(new Cue(world.Clock.GetUtcNow(), Lanes.Main, new Source.Words(words, "", pace)));

    public static void FallsSilent(this ILeg leg, World world) =>
        leg.ToParty.Put(new Cue(world.Clock.GetUtcNow(), Lanes.Main, new Source.Silence()));
}

/// <summary>Takes every call to the emulator's numbers and answers it after a second.</summary>
internal sealed class Switchboard(World world, Listener listener) : IInboundCalls
{
    public ILeg? Leg { get; private set; }

    public CallOffer? Offer { get; private set; }

    public string Receive(ILeg leg, CallOffer offer, out ILegOwner owner)
    {
        (Leg, Offer, owner) = (listener.On(leg), offer, listener);
        world.Loop.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), world.Clock, world.Ending);
            leg.Do(new LegCommand.Answer());
        });
        return "CA1";
    }
}

using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;

namespace TwilioEmu.Carrier.Tests.Handsets;

/// <summary>The emulator's side of a leg: writes down its news with the seconds since the start.</summary>
internal sealed class Listener(World world) : ILegMailbox
{
    private readonly DateTimeOffset _start = world.Clock.GetUtcNow();

    public List<string> News { get; } = [];

    public Action<ILeg>? WhenAnswered { get; set; }

    public void Ringing(ILeg leg) => Note("ringing");

    public void Answered(ILeg leg)
    {
        Note("answered");
        WhenAnswered?.Invoke(leg);
    }

    public void Ended(ILeg leg, LegEnd why) => Note(why.Word());

    public void Pressed(ILeg leg, char digit) => Note($"pressed {digit}");

    public void BeganSpeaking(ILeg leg, Utterance utterance) => Note($"began {utterance.Caption}");

    public void EndedSpeaking(ILeg leg, Utterance utterance) => Note($"ended {utterance.Caption}");

    private void Note(string news) => News.Add(FormattableString.Invariant($"{(world.Clock.GetUtcNow() - _start).TotalSeconds:0.0##} {news}"));
}

/// <summary>Takes every call to the emulator's numbers and answers it after a second.</summary>
internal sealed class Switchboard(World world, Listener listener) : IInboundCalls
{
    public ILeg? Leg { get; private set; }

    public CallOffer? Offer { get; private set; }

    public string Receive(ILeg leg, CallOffer offer, out ILegMailbox mailbox)
    {
        (Leg, Offer, mailbox) = (leg, offer, listener);
        world.Loop.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), world.Clock, world.Ending);
            leg.Answer();
        });
        return "CA1";
    }
}

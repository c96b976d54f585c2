using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class PlaysDeed : Deed<ScriptStep.Plays>
{
    /// <summary>How long a recording lasts that cannot be read.</summary>
    private static readonly TimeSpan StandIn = TimeSpan.FromSeconds(5);

    public override string Word => "plays";

    public override string Means => "plays a recording into the phone; one that cannot be read is silence of 5 s, and the journal tells";

    public override string Takes =>
        "file below the story's folder or that of `--media`: WAV, MP3, AIFF, AU, or 8 kHz mu-law (`.ul`, `.ulaw`)";

    public override bool IsByHand => true;

    internal override bool OpensTheCall => true;

    public override ScriptStep? Read(IDeedSource source) => source.Text(Word) is { } file ? new ScriptStep.Plays(file) : null;

    protected override void Write(ScriptStep.Plays step, IDeedSink sink) => sink.Text(Word, step.File);

    private protected override async Task<bool> RunAsync(ScriptStep.Plays step, HandsetLeg leg, CancellationToken cancellation)
    {
        await leg.SayAsync(await SoundAsync(leg, step.File, cancellation));
        return true;
    }

    private static async Task<Source> SoundAsync(HandsetLeg leg, string file, CancellationToken cancellation)
    {
        var (type, bytes, why) = await leg.World.Loop.OffLoopAsync(
            $"reading {file}", c => leg.Studio.Media.ReadAsync(file, c), cancellation);
        Source? sound = null;
        if (why is null) (sound, why) = await leg.Studio.ClipAsync(leg.World.Loop, file, type, bytes, cancellation);
        if (why is null) return sound!;
        leg.World.Journal.Write(
            AccountSid.None, HandsetEntries.SoundUnreadable, leg.Number, leg.Cause, ("call_sid", leg.CallSid), ("file", file), ("why", why),
            ("stand_in", StandIn));
        return sound ?? Sounds.Unheard(file, StandIn);
    }
}

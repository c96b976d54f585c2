namespace TwilioEmu.Carrier.Handsets.Deeds;

/// <summary>In a script, how long a called phone rings first; by hand, picking up now.</summary>
internal sealed class AnswersDeed : Deed<ScriptStep.Answers>
{
    public override string Word => "answers";

    public override string Means =>
        "picks up: in a script after ringing for a while, and as the first step only; by hand now (`answers: true`)";

    public override string Takes => "duration; by hand `true`";

    public override bool IsByHand => true;

    internal override Missing Missing => Missing.Never;

    public override ScriptStep? Read(IDeedSource source) => source.Duration(Word) is { } after ? new ScriptStep.Answers(after) : null;

    public override ScriptStep? ReadByHand(IDeedSource source) => source.IsTrue(Word) ? new ScriptStep.Answers(TimeSpan.Zero) : null;

    protected override void Write(ScriptStep.Answers step, IDeedSink sink) => sink.Duration(Word, step.After);

    public override void WriteByHand(ScriptStep step, IDeedSink sink) => sink.True(Word);

    internal override void Act(ScriptStep step, HandsetLeg leg) => leg.AnswerNow();

    // Answered already when a script runs; it has a meaning only as the first step.
    private protected override Task<bool> RunAsync(ScriptStep.Answers step, HandsetLeg leg, CancellationToken cancellation) =>
        Task.FromResult(true);
}

namespace TwilioEmu.Carrier.Handsets.Deeds;

/// <summary>Does steps over and over.</summary>
internal sealed class RepeatsDeed : Deed<ScriptStep.Repeats>
{
    /// <summary>Rounds where nobody says how many: a script that never hears what it waits for ends all the same.</summary>
    public const int MostTimes = 1000;

    private const string Until = "until";
    private const string Times = "times";

    public override string Word => "repeats";

    public override string Means =>
        "does its steps over and over: until words have been heard (a round that has begun is done to its end), or so many times";

    public override string Takes => "list of steps; beside it `until` (text, or `/regular expression/`) and `times` (1000)";

    public override IReadOnlyList<string> Beside => [Until, Times];

    public override ScriptStep? Read(IDeedSource source)
    {
        var until = source.Has(Until) ? source.Pattern(Until) : null;
        var times = source.Number(Times, 1, MostTimes) ?? MostTimes;
        return source.Steps(Word) is { } steps ? new ScriptStep.Repeats(steps, until, times) : null;
    }

    protected override void Write(ScriptStep.Repeats step, IDeedSink sink)
    {
        sink.Steps(Word, step.Steps);
        if (step.Until is { } until) sink.Text(Until, until.Source);
        sink.Number(Times, step.Times);
    }

    private protected override async Task<bool> RunAsync(ScriptStep.Repeats step, HandsetLeg leg, CancellationToken cancellation)
    {
        var mark = leg.Ear.Mark;
        for (var round = 0; round < step.Times; round++)
        {
            // Looked for from the first round on, whatever the steps themselves have listened for meanwhile.
            if (step.Until is { } until && leg.Ear.HasHeardSince(until, mark)) return true;
            var began = leg.World.Clock.GetUtcNow();
            if (!await ScriptRun.StepsAsync(leg, step.Steps, cancellation) || leg.State == Switching.LegState.Ended) return false;
            // Steps that take no time would never let it move.
            if (leg.World.Clock.GetUtcNow() == began) await Task.Delay(TimeSpan.FromSeconds(1), leg.World.Clock, cancellation);
        }
        return true;
    }
}

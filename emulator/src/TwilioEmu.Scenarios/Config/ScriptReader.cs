using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads what a phone's owner does in a call: a list of one-verb steps.</summary>
public static class ScriptReader
{
    /// <summary>Steps in a script.</summary>
    public const int MaxSteps = 1000;

    private static readonly string[] Verbs = ["wait", "answers", "hears", "presses", "says", "plays", "hangs_up"];

    /// <summary>The script at a key; empty when absent.</summary>
    public static IReadOnlyList<ScriptStep> Read(Fields fields, string key)
    {
        var steps = new List<ScriptStep>();
        var items = fields.List(key);
        if (items.Count > MaxSteps) fields.Fault(key, $"{fields.PathOf(key)} has {items.Count} steps, more than {MaxSteps}");
        foreach (var (item, path) in items.Take(MaxSteps))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } step) continue;
            if (ReadStep(step, steps.Count == 0) is { } read) steps.Add(read);
        }
        return steps;
    }

    private static ScriptStep? ReadStep(Fields step, bool isFirst)
    {
        var verbs = Verbs.Where(step.Has).ToList();
        if (verbs.Count != 1)
        {
            foreach (var verb in Verbs) step.Take(verb);
            if (verbs.Count > 1) step.Faults.Add(step.Source, step.Path, $"{step.Path} has {verbs.Count} verbs ({string.Join(", ", verbs)}); a step has one");
            else if (step.Source.Members.Count == 0) step.Faults.Add(step.Source, step.Path, $"{step.Path} is empty; a step has one of {string.Join(", ", Verbs)}");
            step.End();
            return null;
        }
        ScriptStep? read = verbs[0] switch
        {
            "wait" => step.Duration("wait") is { } time ? new ScriptStep.Waits(time) : null,
            "answers" => step.Duration("answers") is { } after ? new ScriptStep.Answers(after) : null,
            "hears" => ReadPattern(step, "hears") is { } text ? new ScriptStep.Hears(text, step.Duration("within") ?? ScriptStep.DefaultHearing) : null,
            "presses" => step.Text("presses", Words.Digits) is { } digits ? new ScriptStep.Presses(digits) : null,
            "says" => step.Text("says", Words.NonEmpty) is { } words ? new ScriptStep.Says(words) : null,
            "plays" => step.Text("plays", Words.NonEmpty) is { } file ? new ScriptStep.Plays(file) : null,
            _ => step.Flag("hangs_up") == true ? new ScriptStep.HangsUp() : null,
        };
        if (verbs[0] == "hears") step.Take("within");
        if (verbs[0] == "hangs_up" && step.Flag("hangs_up") == false) step.Fault("hangs_up", $"{step.PathOf("hangs_up")} must be true");
        if (verbs[0] == "answers" && !isFirst) step.Fault("answers", $"{step.PathOf("answers")}: a phone answers only as its first step");
        step.End();
        return read;
    }

    /// <summary>A text, or a regular expression between slashes.</summary>
    internal static TextPattern? ReadPattern(Fields fields, string key)
    {
        if (fields.Text(key, Words.NonEmpty) is not { } source) return null;
        if (TextPattern.TryParse(source, out var pattern, out var error)) return pattern;
        fields.Fault(key, $"{fields.PathOf(key)}: {source} is not a regular expression: {error}");
        return null;
    }
}

using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads what a phone's owner does in a call: a list of one-verb steps.</summary>
public static class ScriptReader
{
    /// <summary>Steps in a script.</summary>
    public const int MaxSteps = 1000;

    private static readonly string[] Verbs = [.. DeedRegistry.All.Select(d => d.Word)];

    /// <summary>The script at a key; empty when absent.</summary>
    public static IReadOnlyList<ScriptStep> Read(Fields fields, string key) => Read(fields, key, isInner: false);

    /// <summary>A script within a step: a branch, a round. A phone that is there already does not answer.</summary>
    internal static IReadOnlyList<ScriptStep> ReadInner(Fields fields, string key) => Read(fields, key, isInner: true);

    private static List<ScriptStep> Read(Fields fields, string key, bool isInner)
    {
        var steps = new List<ScriptStep>();
        var items = fields.List(key);
        if (items.Count > MaxSteps) fields.Fault(key, $"{fields.PathOf(key)} has {items.Count} steps, more than {MaxSteps}");
        foreach (var (item, path) in items.Take(MaxSteps))
        {
            if (item is Node.Scalar { Text: var word } && Verbs.Contains(word))
            {
                var value = word is "hangs_up" or "answers" ? "true" : "...";
                fields.Faults.Add(item, path, $"{path} must be a mapping, not a single value (write {{ {word}: {value} }})");
                continue;
            }
            if (Fields.Of(item, path, fields.Faults) is not { } step) continue;
            if (ReadStep(step, steps.Count == 0 && !isInner) is { } read) steps.Add(read);
        }
        return steps;
    }

    private static ScriptStep? ReadStep(Fields step, bool isFirst)
    {
        var verbs = Verbs.Where(step.Has).ToList();
        if (verbs.Count != 1)
        {
            foreach (var verb in Verbs) step.Take(verb);
            if (verbs.Count > 1)
            {
                step.Faults.Add(
                    step.Source, step.Path, $"{step.Path} has {verbs.Count} verbs ({string.Join(", ", verbs)}); a step has one");
            }
            else if (step.Source.Members.Count == 0)
            {
                step.Faults.Add(step.Source, step.Path, $"{step.Path} is empty; a step has one of {string.Join(", ", Verbs)}");
            }
            step.End();
            return null;
        }
        var deed = DeedRegistry.Find(verbs[0])!;
        var read = deed.Read(new DeedFields(step));
        if (read is ScriptStep.Answers && !isFirst)
        {
            step.Fault(deed.Word, $"{step.PathOf(deed.Word)}: a phone answers only as its first step");
        }
        step.End();
        return read;
    }

    /// <summary>What is done by hand, now: a mapping with one of the words; others are left to the caller.</summary>
    public static ScriptStep? ReadByHand(Fields fields)
    {
        var deeds = DeedRegistry.ByHand.Where(d => fields.Has(d.Word)).ToList();
        if (deeds.Count == 1) return deeds[0].ReadByHand(new DeedFields(fields));
        foreach (var deed in DeedRegistry.ByHand) fields.Take(deed.Word);
        var words = string.Join(", ", DeedRegistry.ByHand.Select(d => d.Word));
        var wrong = deeds.Count == 0
            ? $"say what is done: one of {words}"
            : $"one thing is done at a time, not {deeds.Count} ({string.Join(", ", deeds.Select(d => d.Word))})";
        fields.Faults.Add(fields.Source, fields.Path, wrong);
        return null;
    }

    /// <summary>A text, or a regular expression between slashes.</summary>
    internal static TextPattern? ReadPattern(Fields fields, string key)
    {
        if (fields.Text(key, Words.NonEmpty) is not { } source) return null;
        if (source.StartsWith('/') && source.IndexOf('/', 1) < 0)
        {
            fields.Fault(
                key,
                $"{fields.PathOf(key)}: {source} begins with a slash: a regular expression stands between two, /.../, "
                    + "and words without any");
            return null;
        }
        if (TextPattern.TryParse(source, out var pattern, out var error)) return pattern;
        fields.Fault(key, $"{fields.PathOf(key)}: {source} is not a regular expression: {error}");
        return null;
    }
}

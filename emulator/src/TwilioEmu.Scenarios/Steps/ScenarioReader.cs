using System.Text.Json;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>Reads scenario files.</summary>
/// <remarks>
/// <c>scenario</c>, <c>given</c>, and then either <c>when</c> and <c>then</c>, or <c>story</c>: a list of such blocks, one after
/// another, for stories in which more is done after something was seen.
/// </remarks>
public static class ScenarioReader
{
    /// <summary>True for a file that is a scenario and not a config: it has a title or steps.</summary>
    public static bool IsScenario(Node root) => root is Node.Mapping mapping && Keys.Any(k => mapping[k] is not null);

    private static readonly string[] Keys = ["scenario", "given", "when", "then", "story"];

    /// <summary>Reads a file; null after the faults that say what is wrong with it.</summary>
    public static Scenario? ReadFile(string name, string text, Faults faults) =>
        YamlFile.Read(name, text, faults) is { } root ? Read(name, root, faults) : null;

    /// <summary>Reads a document.</summary>
    public static Scenario? Read(string name, Node root, Faults faults)
    {
        var before = faults.Count;
        if (Fields.Of(root, "", faults) is not { } fields) return null;
        var title = fields.NeedText("scenario", Words.NonEmpty);
        var given = fields.Mapping("given") is { } config ? ConfigReader.Read(config) : new WorldConfig();
        faults.AllowsTemplates = true;
        var steps = ReadSteps(fields);
        faults.AllowsTemplates = false;
        fields.End();
        if (steps.Count == 0 && faults.Count == before) faults.Add(root, "", "nothing happens in this scenario: say when, then or story");
        CheckNames(steps, faults);
        return faults.Count == before ? new Scenario(title, name, given, steps) : null;
    }

    /// <summary>Reads a step again with the values put in that are known now; null after the faults that say what is wrong.</summary>
    internal static Step? Refill(Step step, IReadOnlyDictionary<string, JsonElement> values, Faults faults)
    {
        var before = faults.Count;
        // "each" is filled for each entry in turn, when they are there.
        var each = step.Wording.Source["each"];
        var source = step.Wording.Source with { Members = [.. step.Wording.Source.Members.Where(m => m.Key != "each")] };
        var filled = StepReader.Read(Templates.Fill(source, values, faults), step.Wording.Path, faults);
        if (faults.Count > before || filled is null) return null;
        return filled is Step.Expects claim ? claim with { Each = (Node.Mapping?)each } : filled;
    }

    private static List<Step> ReadSteps(Fields fields)
    {
        var steps = new List<Step>();
        if (fields.Has("story") && (fields.Has("when") || fields.Has("then"))) fields.Fault("story", "say either story, or when and then");
        ReadBlock(fields, steps);
        foreach (var (item, path) in fields.List("story"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } block) continue;
            ReadBlock(block, steps);
            block.End();
        }
        return steps;
    }

    private static void ReadBlock(Fields block, List<Step> steps)
    {
        foreach (var key in (string[])["when", "then"])
        {
            // One step needs no dash.
            var items = block.Take(key) is Node.Mapping single ? [((Node)single, block.PathOf(key))] : block.List(key);
            foreach (var (item, path) in items)
            {
                if (StepReader.Read(item, path, block.Faults) is { } step) steps.Add(step);
            }
        }
    }

    private static void CheckNames(List<Step> steps, Faults faults)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "account" };
        foreach (var step in steps)
        {
            var known = new HashSet<string>(names, StringComparer.Ordinal);
            if (step.Repeat > 1 || step is Step.Expects { Each: not null }) known.Add("i");
            Templates.Check(step.Wording.Source, known, faults);
            if (step.Save is { } name) names.Add(name);
        }
    }

    /// <summary>What the i-th entry found must be like.</summary>
    internal static JournalMatch? ReadEach(Node.Mapping each, string path, IReadOnlyDictionary<string, JsonElement> values, Faults faults)
    {
        var before = faults.Count;
        if (Fields.Of(Templates.Fill(each, values, faults), path, faults) is not { } fields) return null;
        var match = MatchReader.ReadMatch(fields);
        return faults.Count == before ? match : null;
    }
}

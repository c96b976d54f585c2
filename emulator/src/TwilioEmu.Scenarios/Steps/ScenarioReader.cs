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

    private static readonly string[] Keys = ["scenario", "given", "when", "then", "story", "vars", "tags", "allows"];

    /// <summary>The world of every story in its folder that has no <c>given</c> of its own.</summary>
    public const string SharedGiven = "_given.yaml";

    /// <summary>Reads a file; null after the faults that say what is wrong with it.</summary>
    public static Scenario? ReadFile(string name, string text, Faults faults) =>
        YamlFile.Read(name, text, faults, takesInclude: "given") is { } root ? Read(name, root, faults) : null;

    /// <summary>Reads a document.</summary>
    public static Scenario? Read(string name, Node root, Faults faults)
    {
        var before = faults.Count;
        if (Fields.Of(root, "", faults) is not { } fields) return null;
        if (!IsScenario(root) && ConfigReader.Rows.Any(r => fields.Has(r.Key)))
        {
            faults.Add(
                root, "",
                "this is a config, not a story: twilioemu serve --config reads it; a story has scenario:, and its numbers: and the "
                    + "like under given:");
            return null;
        }
        var title = fields.NeedText("scenario", Words.NonEmpty);
        var variables = ReadVariables(fields);
        var given = ReadGiven(name, fields, variables);
        var allows = ReadAllowances(fields);
        var tags = fields.Texts("tags");
        foreach (var tag in tags.Where(static t => t.Contains(',', StringComparison.Ordinal)))
        {
            fields.Fault("tags", $"tags: \"{tag}\" would be one tag (write [{tag}])");
        }
        faults.AllowsTemplates = true;
        var steps = ReadSteps(fields);
        faults.AllowsTemplates = false;
        foreach (var member in fields.Source.Members.Where(m => ConfigReader.Rows.Any(r => r.Key == m.Key)))
        {
            fields.Take(member.Key);
            faults.Add(member.KeyPlace, member.Key, $"\"{member.Key}\" stands under given:, indented by two blanks more");
        }
        fields.End();
        if (steps.Count == 0 && faults.Count == before) faults.Add(root, "", "nothing happens in this scenario: say when, then or story");
        CheckNames(steps, variables.Keys, faults);
        return faults.Count == before
            ? new Scenario(title, name, given, steps) { Allows = allows, Tags = tags, Variables = variables }
            : null;
    }

    /// <summary>Reads a step again with the values put in that are known now; null after the faults that say what is wrong.</summary>
    internal static Step? Refill(Step step, IReadOnlyDictionary<string, JsonElement> values, Faults faults)
    {
        var before = faults.Count;
        // "each" is filled for each entry in turn, when they are there.
        var each = step.Wording.Source["each"];
        var source = step.Wording.Source with
        {
            Members = [.. step.Wording.Source.Members.Where(m => m.Key is not ("each" or "for_each"))],
        };
        var filled = StepReader.Read(Templates.Fill(source, values, faults), step.Wording.Path, faults);
        if (faults.Count > before || filled is null) return null;
        return filled is Step.Expects claim ? claim with { Each = (Node.Mapping?)each } : filled;
    }

    private static Dictionary<string, JsonElement> ReadVariables(Fields fields)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (fields.Mapping("vars") is not { } vars) return values;
        foreach (var member in vars.Source.Members)
        {
            vars.Take(member.Key);
            if (StepReader.NameFault(member.Key) is { } wrong) fields.Faults.Add(member.KeyPlace, vars.PathOf(member.Key), wrong);
            // One may be made of those above it.
            else values[member.Key] = NodeJson.ToElement(Templates.Fill(member.Value, values, fields.Faults));
        }
        return values;
    }

    /// <summary>
    /// The world of the story: its own <c>given</c>, that of a file (<c>given:
    /// !include world.yaml</c>), or the folder's <c>_given.yaml</c>.
    /// </summary>
    private static WorldConfig ReadGiven(string name, Fields fields, Dictionary<string, JsonElement> variables)
    {
        var faults = fields.Faults;
        var node = fields.Take("given");
        var folder = Path.GetDirectoryName(name) ?? "";
        var (file, place) = node switch
        {
            Node.Scalar { IsInclude: true } include => (Path.Combine(folder, include.Text), include.Position),
            null when File.Exists(Path.Combine(folder, SharedGiven)) => (Path.Combine(folder, SharedGiven), fields.Source.Position),
            _ => (null, default),
        };
        if (node is Node.Scalar { IsInclude: false } bare && Path.GetExtension(bare.Text) is ".yaml" or ".yml")
        {
            fields.Fault("given", $"given must be a mapping, not a single value (write !include {bare.Text})");
            return new WorldConfig();
        }
        if (file is not null) node = ReadIncluded(file, place, faults);
        if (node is null) return new WorldConfig();
        // Without vars "${" means nothing there: an app's page may hold it.
        if (variables.Count > 0) node = Templates.Fill(node, variables, faults);
        node = WithoutSteps(node, file is null ? "given" : "", faults);
        return Fields.Of(node, file is null ? "given" : "", faults) is { } config ? ConfigReader.Read(config) : new WorldConfig();
    }

    /// <summary>The world alone: what belongs beside it is a fault of its own, mostly of the indentation.</summary>
    private static Node WithoutSteps(Node node, string path, Faults faults)
    {
        if (node is not Node.Mapping world) return node;
        var stray = world.Members.Where(m => Keys.Contains(m.Key)).ToList();
        foreach (var member in stray) faults.Add(member.KeyPlace, path, $"\"{member.Key}\" stands beside given:, not under it");
        return stray.Count == 0 ? node : world with { Members = [.. world.Members.Except(stray)] };
    }

    private static Node? ReadIncluded(string file, SourcePosition place, Faults faults)
    {
        try
        {
            return YamlFile.Read(file, YamlText.ReadFile(file), faults);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add(place, "given", $"given: {file} cannot be read: {fault.Message}");
            return null;
        }
    }

    private static Allowances ReadAllowances(Fields fields)
    {
        var allows = Allowances.None;
        foreach (var word in fields.Texts("allows"))
        {
            if (AllowanceWords.All.TryGetValue(word, out var allowance))
            {
                allows |= allowance;
            }
            else
            {
                fields.Fault(
                    "allows",
                    $"\"{word}\" cannot be allowed: say "
                        + $"{string.Join(", ", AllowanceWords.All.Keys)}{Spelling.Hint(word, AllowanceWords.All.Keys)}");
            }
        }
        return allows;
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
            var taken = block.Take(key);
            if (taken is Node.Scalar { Kind: not ScalarKind.Null })
            {
                block.Fault(
                    key,
                    $"{block.PathOf(key)} must be a step or a list of steps, such as {{ handset: \"+14155550199\", texts: hello, to: "
                        + $"\"+14155550100\" }}, not {taken.Sort}");
                continue;
            }
            var items = taken is Node.Mapping single ? [((Node)single, block.PathOf(key))] : block.List(key);
            foreach (var (item, path) in items)
            {
                if (StepReader.Read(item, path, block.Faults) is { } step) steps.Add(step);
            }
        }
    }

    private static void CheckNames(List<Step> steps, IEnumerable<string> variables, Faults faults)
    {
        var names = new HashSet<string>(variables, StringComparer.Ordinal) { "account" };
        foreach (var step in steps)
        {
            CheckNames(step, names, faults);
            foreach (var each in step is Step.Together(var side) ? side : [step]) if (each.Save is { } name) names.Add(name);
        }
    }

    private static void CheckNames(Step step, HashSet<string> names, Faults faults)
    {
        var known = new HashSet<string>(names, StringComparer.Ordinal);
        if (step.Repeat > 1 || step.ForEach is not null || step is Step.Expects { Each: not null }) known.Add("i");
        if (step.ForEach is not null) known.Add("item");
        if (step is Step.Together(var side))
        {
            foreach (var each in side) CheckNames(each, known, faults);
            return;
        }
        Templates.Check(step.Wording.Source, known, faults);
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

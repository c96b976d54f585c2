using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>Reads one step: who, one verb, and what the verb needs.</summary>
public static class StepReader
{
    private const int MaxRepeat = 1_000_000;
    private const int MaxSummary = 100;

    /// <summary>Verbs of a phone; <c>handset</c> says which one.</summary>
    private static readonly string[] PhoneVerbs =
    [
        "texts", .. TextDeedReader.Words, "dials", "receives", "reads_code", "hears", .. DeedRegistry.ByHand.Select(d => d.Word),
        "behaves", "call_ends",
    ];

    /// <summary>Verbs of programs and of the story itself. <c>expect</c> is also what a REST step asks of its answer.</summary>
    private static readonly string[] OtherVerbs = ["posts", "gets", "deletes", "advance", "expect", "together"];

    /// <summary>What people call the verbs who have not read their names.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["wait"] = "advance",
        ["waits"] = "advance",
        ["sleep"] = "advance",
        ["pause"] = "advance",
        ["calls"] = "dials",
        ["call"] = "dials",
        ["sends"] = "texts",
        ["send"] = "texts",
        ["sms"] = "texts",
        ["expects"] = "expect",
        ["assert"] = "expect",
        ["listens"] = "hears",
        ["request"] = "posts",
        ["puts"] = "posts",
    };

    /// <summary>Reads a step; null after the faults that say why it is none.</summary>
    public static Step? Read(Node node, string path, Faults faults)
    {
        if (Fields.Of(node, path, faults) is not { } fields) return null;
        var gateway = fields.Has("gateway") ? fields.Text("gateway", Words.NonEmpty) ?? "" : null;
        if ((gateway is null ? VerbOf(fields) : GatewayVerbOf(fields)) is not { } verb) return null;
        var isPhones = gateway is null && PhoneVerbs.Contains(verb);
        var number = isPhones ? fields.NeedText("handset", Words.Phone) : "";
        var step = gateway is not null ? GatewayReader.Read(fields, verb, gateway) : verb switch
        {
            "posts" or "gets" or "deletes" => RestReader.Read(fields, verb),
            "receives" or "expect" => ClaimReader.Read(fields, verb, number),
            "reads_code" => ClaimReader.ReadCode(fields, number),
            "hears" => ClaimReader.ReadHears(fields, number),
            "call_ends" => ClaimReader.ReadCallEnds(fields, number),
            "together" => ReadTogether(fields),
            "advance" => fields.Duration("advance") is { } by ? new Step.Advances(by) : null,
            _ => PhoneReader.Read(fields, verb, number),
        };
        var repeat = (int)(fields.Whole("repeat", 1, MaxRepeat) ?? 1);
        var save = fields.Text("save", NameFault);
        var forEach = ReadForEach(fields);
        fields.End();
        return step is null ? null : step with
        {
            Wording = new Wording(node.Position, Summary(fields, verb, Who(gateway, number)), fields.Source, path),
            Repeat = repeat,
            Save = save,
            ForEach = forEach,
        };
    }

    private static Node? ReadForEach(Fields fields)
    {
        if (fields.Take("for_each") is not { } items) return null;
        if (fields.Has("repeat")) fields.Fault("for_each", "say either repeat or for_each");
        if (items is Node.Sequence { Items.Count: > 0 } || (items is Node.Scalar scalar && fields.IsTemplate(scalar))) return items;
        fields.Fault("for_each", $"{fields.PathOf("for_each")} must be a list with items, or a value that holds one, such as ${{phones}}");
        return null;
    }

    private static Step.Together ReadTogether(Fields fields)
    {
        var steps = new List<Step>();
        foreach (var (item, path) in fields.List("together"))
        {
            if (Read(item, path, fields.Faults) is not { } step) continue;
            if (step is Step.Together or Step.Advances)
            {
                fields.Faults.Add(
                    item, path,
                    $"{path}: time passes for all steps at once; neither together nor advance can stand side by side with others");
            }
            steps.Add(step);
        }
        if (steps.Count == 0) fields.Fault("together", $"{fields.PathOf("together")} must be a list of steps");
        return new Step.Together(steps);
    }

    private static string? GatewayVerbOf(Fields fields) => OneVerbOf(
        fields, GatewayReader.Verbs.Where(fields.Has).ToList(), GatewayReader.OtherNames,
        [.. GatewayReader.Verbs, "gateway", "from", "to", "receipt", "expect", "within", "repeat", "for_each", "save"],
        $"a gateway says one of {string.Join(", ", GatewayReader.Verbs)}");

    private static string? VerbOf(Fields fields)
    {
        if (fields.Source.Members.FirstOrDefault(m => GatewayReader.OwnVerbs.Contains(m.Key)) is { } own)
        {
            fields.Faults.Add(
                own.KeyPlace, fields.PathOf(own.Key),
                $"{fields.PathOf(own.Key)} is what a gateway does: say which one (gateway: SYSTEM_ID)");
            return null;
        }
        string[] known = [.. PhoneVerbs, .. OtherVerbs];
        var verbs = known.Where(fields.Has).ToList();
        if (verbs is ["posts" or "gets" or "deletes", "expect"]) return verbs[0];
        return OneVerbOf(
            fields, verbs, OtherNames, [.. known, "handset", "to", "within", "repeat", "for_each", "save"],
            $"say one of {string.Join(", ", known)}");
    }

    /// <summary>The verb of a step, or null where it has not one, which is told.</summary>
    /// <param name="fields">The step's.</param>
    /// <param name="verbs">Those it has.</param>
    /// <param name="otherNames">What people call verbs besides.</param>
    /// <param name="words">Keys that a step may have: the others are told of as well.</param>
    /// <param name="cure">For a step that has none.</param>
    private static string? OneVerbOf(
        Fields fields, List<string> verbs, Dictionary<string, string> otherNames, IEnumerable<string> words, string cure)
    {
        if (verbs is [var verb]) return verb;
        if (verbs.Count == 0 && fields.Source.Members.FirstOrDefault(m => otherNames.ContainsKey(m.Key)) is { } other)
        {
            fields.Faults.Add(
                other.KeyPlace, fields.PathOf(other.Key),
                $"unknown key \"{other.Key}\" in {fields.Path} (did you mean \"{otherNames[other.Key]}\"?)");
            return null;
        }
        foreach (var word in words) fields.Take(word);
        var before = fields.Faults.Count;
        fields.End();
        if (verbs.Count > 1)
        {
            fields.Faults.Add(
                fields.Source, fields.Path, $"{fields.Path} has {verbs.Count} verbs ({string.Join(", ", verbs)}); a step has one");
        }
        else if (fields.Faults.Count == before)
        {
            fields.Faults.Add(fields.Source, fields.Path, $"{fields.Path} has no verb: {cure}");
        }
        return null;
    }

    private static string Who(string? gateway, string number) =>
        gateway is not null ? $"gateway {gateway} " : number.Length == 0 ? "" : $"handset {number} ";

    /// <summary><c>handset +14155550199 texts "94107" to +14155550100</c></summary>
    private static string Summary(Fields fields, string verb, string who)
    {
        var what = fields.Source[verb] switch
        {
            Node.Scalar { Text: "true" } => verb.Replace('_', ' '),
            Node.Scalar { Kind: ScalarKind.Quoted } text => $"{verb} \"{text.Text}\"",
            Node.Scalar text => $"{verb} {text.Text}",
            Node.Mapping mapping => $"{verb} {Inline(mapping)}",
            Node.Sequence list => $"{verb} {Inline(list)}",
            _ => verb,
        };
        var to = fields.Source["to"] is Node.Scalar target ? $" to {target.Text}" : "";
        var repeat = fields.Source["repeat"] is Node.Scalar times ? $" ({times.Text} times)" : "";
        var whole = who + what + to + repeat;
        return whole.Length <= MaxSummary ? whole : whole[..(MaxSummary - 3)] + "...";
    }

    private static string Inline(Node node) => node switch
    {
        Node.Scalar scalar => scalar.Text,
        Node.Sequence list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        Node.Mapping mapping => $"{{{string.Join(", ", mapping.Members.Select(m => $"{m.Key}: {Inline(m.Value)}"))}}}",
        _ => "",
    };

    internal static string? NameFault(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && name is not ("i" or "item" or "account")
            ? null
            : $"\"{name}\" cannot be a name: letters, digits and _, and neither i, item nor account";
}

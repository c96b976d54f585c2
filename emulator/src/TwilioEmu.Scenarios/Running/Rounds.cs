using System.Text.Json;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>How often a step is done, and what <c>${i}</c> and <c>${item}</c> are each time.</summary>
internal static class Rounds
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    /// <summary>The rounds, in order.</summary>
    /// <exception cref="StoryException">What <c>for_each</c> names is no list.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, JsonElement>> Of(Step step, IReadOnlyDictionary<string, JsonElement> values)
    {
        if (step.ForEach is { } items)
        {
            foreach (var (i, item) in ItemsOf(items, values).Index()) yield return RoundOf(i + 1, item);
        }
        else if (step.Repeat == 1)
        {
            yield return Nothing;
        }
        else
        {
            for (var i = 1; i <= step.Repeat; i++) yield return RoundOf(i, null);
        }
    }

    private static Dictionary<string, JsonElement> RoundOf(int number, JsonElement? item)
    {
        var round = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["i"] = StoryValues.ElementOf(number) };
        if (item is { } given) round["item"] = given;
        return round;
    }

    private static List<JsonElement> ItemsOf(Node items, IReadOnlyDictionary<string, JsonElement> values)
    {
        var faults = new Faults { AllowsTemplates = true };
        JsonElement list = default;
        // "${phones}" alone is the list itself; written into a text it would be a text.
        if (items is Node.Scalar { Text: ['$', '{', .. var path, '}'] })
        {
            list = Templates.Find(path, path, items, values, faults) ?? default;
        }
        else
        {
            list = NodeJson.ToElement(Templates.Fill(items, values, faults));
        }
        if (faults.Count > 0) throw new StoryException(faults.All[0].Message);
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new StoryException("for_each: the value is not a list");
    }
}

using System.Text;
using System.Text.Json;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>
/// Puts values into what is written: <c>${name}</c>, <c>${name.member[0]}</c>,
/// <c>${i + 10}</c>, <c>${i:00}</c>; <c>$${</c> stands for <c>${</c>.
/// </summary>
internal static class Templates
{
    /// <summary>The same node with every value put in; what cannot be found is a fault.</summary>
    public static Node Fill(Node node, IReadOnlyDictionary<string, JsonElement> values, Faults faults) => node switch
    {
        Node.Scalar { IsTemplate: true } scalar => FillScalar(scalar, values, faults),
        Node.Sequence list => list with { Items = [.. list.Items.Select(i => Fill(i, values, faults))] },
        Node.Mapping mapping =>
            mapping with { Members = [.. mapping.Members.Select(m => m with { Value = Fill(m.Value, values, faults) })] },
        _ => node,
    };

    /// <summary>Faults for names that nothing has saved when the step is reached.</summary>
    public static void Check(Node node, IReadOnlyCollection<string> names, Faults faults)
    {
        switch (node)
        {
            case Node.Sequence list:
                foreach (var item in list.Items) Check(item, names, faults);
                break;
            case Node.Mapping mapping:
                foreach (var member in mapping.Members) Check(member.Value, names, faults);
                break;
            case Node.Scalar { IsTemplate: true } scalar:
                foreach (var expression in Expressions(scalar, faults))
                {
                    if (Expression.Parse(expression) is not { } read)
                    {
                        faults.Add(scalar, "", Expression.Fault(expression));
                        continue;
                    }
                    var name = read.Path.Split('.', '[')[0];
                    if (names.Contains(name)) continue;
                    var hint = Spelling.Hint(name, names);
                    var cure = hint.Length > 0 ? hint : " (vars: gives a value a name, save: an answer)";
                    faults.Add(scalar, "", $"nothing is known as \"{name}\" here{cure}");
                }
                break;
        }
    }

    private static Node.Scalar FillScalar(Node.Scalar scalar, IReadOnlyDictionary<string, JsonElement> values, Faults faults)
    {
        var filled = new StringBuilder();
        var isWholeValue = false;
        foreach (var (text, isExpression) in Parts(scalar, faults))
        {
            filled.Append(isExpression ? Look(text, scalar, values, faults) : text);
            isWholeValue = isExpression && scalar.Text.Length == text.Length + 3;
        }
        // A value that stands alone may be a number again where one is wanted.
        return scalar with { Text = filled.ToString(), Kind = isWholeValue ? ScalarKind.Plain : scalar.Kind };
    }

    private static string Look(string written, Node.Scalar scalar, IReadOnlyDictionary<string, JsonElement> values, Faults faults)
    {
        if (Expression.Parse(written) is not { } expression)
        {
            faults.Add(scalar, "", Expression.Fault(written));
            return "";
        }
        if (Find(written, expression.Path, scalar, values, faults) is not { } value) return "";
        if (expression.Apply(TextOf(value)) is { } text) return text;
        faults.Add(scalar, "", $"\"${{{written}}}\": \"{TextOf(value)}\" is not a whole number");
        return "";
    }

    /// <summary>The value of a path, such as <c>m.list[0]</c>; null after the fault that says what is missing.</summary>
    internal static JsonElement? Find(
        string written, string path, Node scalar, IReadOnlyDictionary<string, JsonElement> values, Faults faults)
    {
        var steps = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        if (!values.TryGetValue(steps[0], out var value))
        {
            faults.Add(scalar, "", $"nothing is known as \"{steps[0]}\" here{Spelling.Hint(steps[0], values.Keys)}");
            return null;
        }
        foreach (var step in steps.Skip(1))
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var member))
            {
                value = member;
            }
            else if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index)
                && index >= 0 && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else
            {
                string[] known = value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().Select(p => p.Name)] : [];
                faults.Add(scalar, "", $"\"${{{written}}}\" finds no \"{step}\"{Spelling.HintOrAll(step, known)}");
                return null;
            }
        }
        return value;
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static IEnumerable<string> Expressions(Node.Scalar scalar, Faults faults) =>
        Parts(scalar, faults).Where(p => p.IsExpression).Select(p => p.Text);

    /// <summary>template = *( text / "$${" / "${" expression "}" )</summary>
    private static IEnumerable<(string Text, bool IsExpression)> Parts(Node.Scalar scalar, Faults faults)
    {
        var text = scalar.Text;
        var from = 0;
        while (text.IndexOf("${", from, StringComparison.Ordinal) is var start and >= 0)
        {
            if (start > from && text[start - 1] == '$')
            {
                yield return (text[from..(start - 1)] + "${", false);
                from = start + 2;
                continue;
            }
            yield return (text[from..start], false);
            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                faults.Add(scalar, "", $"{scalar.Shown}: \"${{\" without its \"}}\"");
                yield break;
            }
            yield return (text[(start + 2)..end], true);
            from = end + 1;
        }
        yield return (text[from..], false);
    }
}

using System.Globalization;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>A mapping with known keys: ask for each field, then <see cref="End()"/> reports the keys nobody asked for.</summary>
/// <remarks>
/// A wrong field is a fault and reads as absent, so that one pass finds every fault. A value with <c>${...}</c> in it passes as
/// it stands: the step is read again, with the values put in, when it runs.
/// </remarks>
public sealed class Fields
{
    private readonly Node.Mapping _node;
    private readonly List<string> _known = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private Fields(Node.Mapping node, string path, Faults faults)
    {
        _node = node;
        Path = path;
        Faults = faults;
    }

    /// <summary>Where this mapping is, such as <c>numbers[0]</c>; empty at the top.</summary>
    public string Path { get; }

    public Faults Faults { get; }

    /// <summary>The mapping as written.</summary>
    public Node.Mapping Source => _node;

    /// <summary>The fields of a mapping, or null and a fault for anything else.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="path">Where that is.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="mainKey">The key that a single value standing there was mostly meant for.</param>
    public static Fields? Of(Node node, string path, Faults faults, string? mainKey = null)
    {
        if (node is Node.Mapping mapping) return new Fields(mapping, path, faults);
        faults.Add(
            node, path,
            $"{(path.Length == 0 ? "the document" : path)} must be a mapping, not {node.Sort}{Cures.OfNoMapping(node, path, mainKey)}");
        return null;
    }

    /// <summary>True when the key stands there, whatever its value.</summary>
    public bool Has(string key) => _node[key] is not null;

    /// <summary>The value of a key as written, or null.</summary>
    public Node? Take(string key)
    {
        if (_asked.Add(key)) _known.Add(key);
        return _node[key];
    }

    /// <summary>The path of a field of this mapping.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>Records a fault at a field, or at the mapping when the field is absent.</summary>
    public void Fault(string key, string message) => Faults.Add(_node[key] ?? _node, PathOf(key), message);

    /// <summary>Records a fault unless the key is there.</summary>
    public bool Need(string key)
    {
        if (Take(key) is not null) return true;
        Faults.Add(_node, PathOf(key), $"{Where} lacks \"{key}\"");
        return false;
    }

    /// <summary>Text; with <paramref name="check"/> given, it must pass it (the check returns what is wrong, or null).</summary>
    public string? Text(string key, Func<string, string?>? check = null)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (scalar.Kind == ScalarKind.Literal) return Wrong(key, scalar, "text in quotes");
        if (check is not null && !IsTemplate(scalar) && check(scalar.Text) is { } wrong)
        {
            Faults.Add(scalar, PathOf(key), $"{PathOf(key)}: {wrong}{Cures.OfVariable(scalar.Text)}");
            return null;
        }
        return scalar.Text;
    }

    /// <summary>A single value as it is written, quoted or not, that passes a check.</summary>
    public string? Word(string key, Func<string, string?> check)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (IsTemplate(scalar) || check(scalar.Text) is not { } wrong) return scalar.Text;
        Faults.Add(scalar, PathOf(key), $"{PathOf(key)}: {wrong}{Cures.OfVariable(scalar.Text)}");
        return null;
    }

    /// <summary>Text that must be there; empty after the fault that says it is not.</summary>
    public string NeedText(string key, Func<string, string?>? check = null) => Need(key) ? Text(key, check) ?? "" : "";

    public bool? Flag(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (scalar is { Kind: not ScalarKind.Quoted, Text: "true" or "false" }) return scalar.Text == "true";
        if (!IsTemplate(scalar)) Wrong(key, scalar, "true or false", Cures.OfFlag(scalar.Text));
        return null;
    }

    public long? Whole(string key, long min, long max)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (scalar.Kind != ScalarKind.Quoted
            && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max)
        {
            return number;
        }
        if (!IsTemplate(scalar)) Wrong(key, scalar, $"a whole number from {min} to {max}", Cures.OfNumber(scalar));
        return null;
    }

    public double? Number(string key, double min, double max)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (scalar.Kind != ScalarKind.Quoted
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max)
        {
            return number;
        }
        if (!IsTemplate(scalar))
        {
            Wrong(key, scalar, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"), Cures.OfNumber(scalar));
        }
        return null;
    }

    public TimeSpan? Duration(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (Durations.TryParse(scalar.Text, out var duration, out var error)) return duration;
        if (!IsTemplate(scalar)) Faults.Add(scalar, PathOf(key), $"{PathOf(key)}: {error}");
        return null;
    }

    /// <summary>One word of a table.</summary>
    public T? OneOf<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Scalar(key) is not { } scalar) return null;
        if (words.TryGetValue(scalar.Text, out var value)) return value;
        if (!IsTemplate(scalar)) Wrong(key, scalar, $"one of {string.Join(", ", words.Keys)}", Synonyms.Hint(scalar.Text, [.. words.Keys]));
        return null;
    }

    /// <summary>True for a value that is not known yet and must not be judged.</summary>
    internal bool IsTemplate(Node.Scalar scalar) => Faults.AllowsTemplates && scalar.IsTemplate;

    /// <summary>The mapping at a key, or null.</summary>
    /// <param name="key">Which.</param>
    /// <param name="mainKey">The key in it that a single value standing there was mostly meant for.</param>
    public Fields? Mapping(string key, string? mainKey = null) => Take(key) is { } node ? Of(node, PathOf(key), Faults, mainKey) : null;

    /// <summary>The items of the list at a key, each with its path; none when absent.</summary>
    public IReadOnlyList<(Node Item, string Path)> List(string key)
    {
        if (Take(key) is not { } node) return [];
        if (node is Node.Sequence sequence) return [.. sequence.Items.Select((item, i) => (item, $"{PathOf(key)}[{i}]"))];
        Faults.Add(node, PathOf(key), $"{PathOf(key)} must be a list, not {node.Sort}{Cures.OfNoList(node)}");
        return [];
    }

    /// <summary>The texts of the list at a key, or of a single value there; none when absent.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Take(key))
        {
            case null: return [];
            case Node.Scalar: return Text(key) is { } one ? [one] : [];
        }
        var texts = new List<string>();
        foreach (var (item, path) in List(key))
        {
            if (item is Node.Scalar { Kind: ScalarKind.Plain or ScalarKind.Quoted } scalar) texts.Add(scalar.Text);
            else Faults.Add(item, path, $"{path} must be text, not {item.Sort}");
        }
        return texts;
    }

    /// <summary>Reports the keys nobody asked for.</summary>
    public void End()
    {
        Faults.Asked?.Invoke(Path, _known);
        foreach (var member in _node.Members.Where(m => !_asked.Contains(m.Key)))
        {
            // What is not kept is not worded either: words are dear where there are thousands.
            if (Faults.IsFull) return;
            Faults.Add(member.KeyPlace, PathOf(member.Key), Stranger(member.Key, _known));
        }
    }

    /// <summary>Reports the keys that are none of these: of a mapping whose words are declared elsewhere.</summary>
    /// <exception cref="InvalidOperationException">Somebody asked for a key that is not declared,
    /// or nobody for one that is and stands there: a fault of ours.</exception>
    public void End(IReadOnlyList<string> declared)
    {
        if (_known.Find(k => !declared.Contains(k)) is { } stray)
        {
            throw new InvalidOperationException($"\"{stray}\" is read in {Where} and not declared");
        }
        foreach (var member in _node.Members)
        {
            if (Faults.IsFull) return;
            if (!declared.Contains(member.Key)) Faults.Add(member.KeyPlace, PathOf(member.Key), Stranger(member.Key, declared));
            else if (!_asked.Contains(member.Key) && Faults.Count == 0)
            {
                throw new InvalidOperationException($"\"{member.Key}\" is declared in {Where} and nobody reads it");
            }
        }
    }

    private string Stranger(string key, IReadOnlyCollection<string> known)
    {
        // "name" of what has a friendly_name is no story's title.
        var near = key == "name" ? Spelling.Nearest(key, known) : null;
        var hint = near is null ? Cures.OfKey(key, Path) ?? Spelling.HintOrAll(key, known) : Spelling.Hint(key, known);
        return $"unknown key \"{key}\" in {Where}{Cures.OfMember(key, known, hint)}";
    }

    private string Where => Path.Length == 0 ? "the document" : Path;

    private Node.Scalar? Scalar(string key)
    {
        switch (Take(key))
        {
            case null: return null;
            case Node.Scalar { Kind: not ScalarKind.Null } scalar: return scalar;
            case var node:
                Faults.Add(node, PathOf(key), $"{PathOf(key)} must be a single value, not {node.Sort}{Cures.OfNoScalar(key, node)}");
                return null;
        }
    }

    private string? Wrong(string key, Node.Scalar scalar, string wanted, string hint = "")
    {
        Faults.Add(scalar, PathOf(key), $"{PathOf(key)} must be {wanted}, not {scalar.Shown}{hint}");
        return null;
    }
}

using System.Collections;
using System.Globalization;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>The words of a mapping in the order they are told, and how a mapping is read by them.</summary>
/// <typeparam name="T">What is read: immutable, each row gives another with its word put in.</typeparam>
public sealed class Settings<T> : IReadOnlyList<Setting>
{
    private readonly List<Setting<T>> _rows = [];

    public int Count => _rows.Count;

    public Setting this[int index] => _rows[index];

    /// <summary>The thing as the mapping says; the caller ends the mapping.</summary>
    public T Read(Fields fields, T start) => _rows.Aggregate(start, (thing, row) => row.Set(thing, fields, row.Key));

    /// <summary>The things of the list at a key, each mapping read to its end; what is no mapping is a fault.</summary>
    /// <param name="fields">Where the list stands.</param>
    /// <param name="key">Its key.</param>
    /// <param name="start">What each begins as.</param>
    /// <param name="check">Finds what is wrong with a thing as a whole, before its mapping ends.</param>
    public List<T> ReadAll(Fields fields, string key, T start, Action<T, Fields>? check = null)
    {
        var all = new List<T>();
        foreach (var (item, path) in fields.List(key))
        {
            if (Fields.Of(item, path, fields.Faults, _rows.FirstOrDefault()?.Key) is not { } mapping) continue;
            var read = Read(mapping, start);
            check?.Invoke(read, mapping);
            mapping.End();
            all.Add(read);
        }
        return all;
    }

    /// <summary>The thing of the mapping at a key, read to its end; null where there is none.</summary>
    public T? ReadAt(Fields fields, string key, T start, Action<T, Fields>? check = null)
    {
        if (fields.Mapping(key) is not { } mapping) return default;
        var read = Read(mapping, start);
        check?.Invoke(read, mapping);
        mapping.End();
        return read;
    }

    /// <summary>A row of its own kind.</summary>
    public Settings<T> Add(Setting<T> row)
    {
        _rows.Add(row);
        return this;
    }

    /// <summary>A row that reads as it likes.</summary>
    public Settings<T> Add(string key, string takes, string means, Func<T, Fields, string, T> set, ValueShape? shape = null) =>
        Add(new Setting<T>(key, takes, means, set) { Shape = shape ?? ValueShape.Any });

    public Settings<T> Text(string key, string takes, string means, Func<string, string?>? check, Func<T, string, T> set) =>
        Add(key, takes, means, (thing, fields, at) => fields.Text(at, check) is { } text ? set(thing, text) : thing, ValueShape.Word);

    /// <summary>Text that must be there.</summary>
    public Settings<T> Need(string key, string takes, string means, Func<string, string?>? check, Func<T, string, T> set) =>
        Add(new Setting<T>(
            key, takes, means, (thing, fields, at) => set(thing, fields.NeedText(at, check)))
        { Shape = ValueShape.Word, IsNeeded = true });

    public Settings<T> Flag(string key, string means, Func<T, bool, T> set) =>
        Add(
            key, "true or false", means, (thing, fields, at) => fields.Flag(at) is { } flag ? set(thing, flag) : thing,
            ValueShape.TrueOrFalse);

    public Settings<T> Whole(string key, int min, int max, string means, Func<T, int, T> set, string? takes = null) =>
        Add(
            key, takes ?? string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"), means,
            (thing, fields, at) => fields.Whole(at, min, max) is { } whole ? set(thing, (int)whole) : thing,
            new ValueShape.Number(min, max, IsWhole: true));

    public Settings<T> Number(string key, double min, double max, string means, Func<T, double, T> set) =>
        Add(
            key, "number", means, (thing, fields, at) => fields.Number(at, min, max) is { } number ? set(thing, number) : thing,
            new ValueShape.Number(min, max, IsWhole: false));

    public Settings<T> Duration(string key, string means, Func<T, TimeSpan, T> set) =>
        Add(
            key, "duration", means, (thing, fields, at) => fields.Duration(at) is { } duration ? set(thing, duration) : thing,
            ValueShape.Word);

    /// <summary>One word of a few, each with what it stands for.</summary>
    public Settings<T> OneOf<TValue>(string key, IReadOnlyDictionary<string, TValue> words, string means, Func<T, TValue, T> set)
        where TValue : struct =>
        Add(
            key, Listed(words.Keys), means, (thing, fields, at) => fields.OneOf(at, words) is { } value ? set(thing, value) : thing,
            new ValueShape.OneOf([.. words.Keys]));

    /// <summary>One word of an enum's table.</summary>
    public Settings<T> OneOf<TValue>(string key, Words<TValue> words, string means, Func<T, TValue, T> set)
        where TValue : struct, Enum => OneOf(
            key, words.Spellings.ToDictionary(static word => word, word => words.Read(word)!.Value, StringComparer.Ordinal), means, set);

    /// <summary>One word of a few.</summary>
    /// <param name="key">As written.</param>
    /// <param name="words">What may stand behind it.</param>
    /// <param name="means">What it does.</param>
    /// <param name="set">Puts the word in.</param>
    /// <param name="takes">For people, where the words are too many.</param>
    public Settings<T> OneOf(string key, IReadOnlyList<string> words, string means, Func<T, string, T> set, string? takes = null) =>
        Add(
            key, takes ?? Listed(words), means,
            (thing, fields, at) => fields.Text(at, NotOneOf(words)) is { } text ? set(thing, text) : thing, new ValueShape.OneOf(words));

    public Settings<T> Texts(string key, string takes, string means, Func<T, IReadOnlyList<string>, T> set) =>
        Add(
            key, takes, means, (thing, fields, at) => fields.Texts(at) is { Count: > 0 } texts ? set(thing, texts) : thing,
            ValueShape.WordList);

    /// <summary>
    /// A list of mappings; an absent or empty one leaves the thing as it was, so that two that say the same are the same.
    /// </summary>
    public Settings<T> List<TItem>(
        string key, string means, Settings<TItem> rows, TItem start, Func<T, IReadOnlyList<TItem>, T> set,
        Action<TItem, Fields>? check = null) =>
        Add(
            key, "list", means,
            (thing, fields, at) => rows.ReadAll(fields, at, start, check) is { Count: > 0 } all ? set(thing, all) : thing,
            new ValueShape.ListOf(rows));

    /// <summary>A mapping.</summary>
    public Settings<T> Mapping<TPart>(
        string key, string means, Settings<TPart> rows, TPart start, Func<T, TPart, T> set, Action<TPart, Fields>? check = null) =>
        Add(
            key, "mapping", means,
            (thing, fields, at) =>
                fields.Has(at) && rows.ReadAt(fields, at, start, check) is { } part ? set(thing, part) : Known(thing, fields, at),
            new ValueShape.MappingOf(rows));

    public IEnumerator<Setting> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // A key that is absent must be known all the same, or the reader of strangers could not propose it.
    private static T Known(T thing, Fields fields, string key)
    {
        fields.Take(key);
        return thing;
    }

    /// <summary>What is wrong with a word that is none of these, or null.</summary>
    internal static Func<string, string?> NotOneOf(IReadOnlyList<string> words) =>
        text =>
            words.Contains(text)
                ? null
                : $"\"{text}\" is not "
                    + $"{(words.Count > 4 ? "one of " + string.Join(", ", words) : Listed(words))}{Synonyms.Hint(text, words)}";

    /// <summary><c>a, b or c</c>.</summary>
    internal static string Listed(IEnumerable<string> words) =>
        words.ToList() is var all && all.Count == 1 ? all[0] : $"{string.Join(", ", all.Take(all.Count - 1))} or {all[^1]}";
}

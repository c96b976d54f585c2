using System.Collections.ObjectModel;
using System.Text;

namespace TwilioEmu.Kernel.Serialization;

/// <summary>Writes down which members a walk asks for: equal for two builds that read each other's packed records.</summary>
/// <remarks>Hands out one of everything, so that what lists and parts are made of is asked for as well.</remarks>
internal sealed class FormSketch : Members
{
    // A part of its own kind within itself would not end.
    private const int MaxDepth = 8;

    private readonly StringBuilder _sketch = new();
    private int _depth;

    public static string Of(Action<Members> walk)
    {
        var sketch = new FormSketch();
        walk(sketch);
        return sketch._sketch.ToString();
    }

    // A text that is JSON as well, for records that keep some.
    public override string? TextOrNull(string name, string? value) => Note(name, 't', "{}");

    public override decimal Money(string name, decimal? value) => Note(name, 'm', 0m);

    public override IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string>? value) =>
        Note(name, 'p', ReadOnlyDictionary<string, string>.Empty);

    protected override long Long(string name, long value, MemberKind kind) => Note(name, "nbfisd"[(int)kind], 0L);

    protected override int Choice(string name, int value, IReadOnlyList<string> words) =>
        Note(name + ":" + string.Join('|', words), 'w', 0);

    protected override bool Has(string name, bool isThere) => Note(name, '?', true);

    protected override bool BeginPart(string name, bool isThere)
    {
        Note(name, '{', 0);
        return ++_depth < MaxDepth || Leave();
    }

    protected override void EndPart()
    {
        _depth--;
        _sketch.Append('}');
    }

    protected override int BeginList(string name, int count) => Note(name, '[', 1);

    protected override void EndList() => _sketch.Append(']');

    private bool Leave()
    {
        _depth--;
        return false;
    }

    private T Note<T>(string name, char kind, T value)
    {
        _sketch.Append(kind).Append(name).Append(',');
        return value;
    }
}

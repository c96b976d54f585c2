using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TwilioEmu.Scenarios.Yaml;

/// <summary>YamlDotNet's parser, of which every failure is a <see cref="YamlException"/> with its place (exception boundary).</summary>
/// <remarks>
/// The scanner behind it throws what its code happens to meet on broken input (ArgumentOutOfRange, InvalidOperation, NullReference), and
/// the stream may end in the middle of a list or mapping. Any exception of its own is therefore broken input: it sees nothing but the text.
/// </remarks>
internal sealed class SafeParser(TextReader text) : IParser
{
    private readonly Parser _parser = new(text);
    private Mark _last = new(0, 1, 1);
    private readonly Stack<(string Name, bool IsFlow, Mark Start)> _open = new();
    private bool _hasEnded;

    /// <summary>Said beside a failure inside brackets or braces: mostly these are not closed, and the parser stumbles far behind.</summary>
    private string Hint => _open.TryPeek(out var open) && open.IsFlow
        ? $" (is the {open.Name} closed that begins at line {open.Start.Line}, column {open.Start.Column}?)"
        : "";

    /// <inheritdoc/>
    public ParsingEvent? Current { get; private set; }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (_hasEnded) throw new YamlException(_last, _last, "the file ends in the middle");
        try
        {
            if (_parser.MoveNext() && _parser.Current is { } current)
            {
                (Current, _last) = (current, current.End);
                _hasEnded = current is StreamEnd;
                Follow(current);
                return true;
            }
        }
        catch (YamlException broken)
        {
            throw new YamlException(broken.Start, broken.End, broken.Message.TrimEnd('.') + Hint, broken);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            throw new YamlException(_last, _last, "what follows cannot be read" + Hint, broken);
        }
        _hasEnded = true;
        throw new YamlException(_last, _last, "the file ends in the middle");
    }

    private void Follow(ParsingEvent current)
    {
        switch (current)
        {
            case SequenceStart list: _open.Push(("list", list.Style == SequenceStyle.Flow, list.Start)); break;
            case MappingStart mapping: _open.Push(("mapping", mapping.Style == MappingStyle.Flow, mapping.Start)); break;
            case SequenceEnd or MappingEnd: _open.Pop(); break;
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TwilioEmu.Durable.Files;

/// <summary>
/// Reads packed bytes, each with its number, on a thread of its own, one source after the other, while those that were read are made use of.
/// </summary>
/// <remarks>
/// LiteDB, with what it takes to look at a checksum and to expand, is half of what a start takes, and of one thread at a time. Disposed of
/// before its engine is.
/// </remarks>
internal sealed class ReadAhead : IDisposable
{
    private readonly BlockingCollection<(long Number, byte[] Bytes)>[] _read;
    private readonly Thread _thread;
    private volatile bool _isStopped;
    private Exception? _fault;

    /// <summary>Begins to read.</summary>
    public ReadAhead(params IReadOnlyList<IEnumerable<(long Number, byte[] Bytes)>> sources)
    {
        _read = [.. sources.Select(static _ => new BlockingCollection<(long Number, byte[] Bytes)>())];
        _thread = new Thread(() => Read(sources)) { IsBackground = true, Name = "reading" };
        _thread.Start();
    }

    /// <summary>Those of a source, as they come; once.</summary>
    public IEnumerable<(long Number, byte[] Bytes)> Of(int source)
    {
        foreach (var one in _read[source].GetConsumingEnumerable()) yield return one;
        if (_fault is not null) throw new InvalidDataException(_fault.Message, _fault);
    }

    public void Dispose()
    {
        _isStopped = true;
        _thread.Join();
        foreach (var read in _read) read.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a broken file makes of its reader is for whoever waits for what it reads.")]
    private void Read(IReadOnlyList<IEnumerable<(long Number, byte[] Bytes)>> sources)
    {
        try
        {
            for (var i = 0; i < sources.Count; i++)
            {
                foreach (var one in sources[i])
                {
                    if (_isStopped) return;
                    _read[i].Add(one);
                }
                _read[i].CompleteAdding();
            }
        }
        catch (Exception damage)
        {
            _fault = damage;
        }
        finally
        {
            foreach (var read in _read) read.CompleteAdding();
        }
    }
}

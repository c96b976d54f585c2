using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LiteDB;

namespace TwilioEmu.Durable.Files;

/// <summary>Reads documents on a thread of its own, one source after the other, while those that were read are made use of.</summary>
/// <remarks>LiteDB takes half of what a start takes, and is of one thread at a time. Disposed of before its engine is.</remarks>
internal sealed class ReadAhead : IDisposable
{
    private readonly BlockingCollection<BsonDocument>[] _read;
    private readonly Thread _thread;
    private volatile bool _isStopped;
    private Exception? _fault;

    /// <summary>Begins to read.</summary>
    public ReadAhead(params IReadOnlyList<IEnumerable<BsonDocument>> sources)
    {
        _read = [.. sources.Select(static _ => new BlockingCollection<BsonDocument>())];
        _thread = new Thread(() => Read(sources)) { IsBackground = true, Name = "reading" };
        _thread.Start();
    }

    /// <summary>The documents of a source, as they come; once.</summary>
    public IEnumerable<BsonDocument> Of(int source)
    {
        foreach (var document in _read[source].GetConsumingEnumerable()) yield return document;
        if (_fault is not null) throw new InvalidDataException(_fault.Message, _fault);
    }

    public void Dispose()
    {
        _isStopped = true;
        _thread.Join();
        foreach (var read in _read) read.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a broken file makes of its reader is for whoever waits for documents.")]
    private void Read(IReadOnlyList<IEnumerable<BsonDocument>> sources)
    {
        try
        {
            for (var i = 0; i < sources.Count; i++)
            {
                foreach (var document in sources[i])
                {
                    if (_isStopped) return;
                    _read[i].Add(document);
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

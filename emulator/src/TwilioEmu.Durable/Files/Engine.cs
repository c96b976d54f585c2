using LiteDB;
using LiteDB.Engine;

namespace TwilioEmu.Durable.Files;

/// <summary>LiteDB's engine over one file: documents only, no mapping of types (<see cref="BsonDocument"/>).</summary>
/// <remarks>Of one thread at a time. After a fault of the disk the engine is closed and opened anew; what was committed is there.</remarks>
internal sealed class Engine : IDisposable
{
    private readonly string _path;
    private LiteEngine? _engine;

    private Engine(string path, LiteEngine engine) => (_path, _engine) = (path, engine);

    private LiteEngine Open => _engine ??= new LiteEngine(new EngineSettings { Filename = _path });

    /// <summary>Opens the file, or makes it.</summary>
    public static Engine OpenAt(string path) => new(path, new LiteEngine(new EngineSettings { Filename = path }));

    /// <summary>Opens the file so that nothing can be changed in it, nor in its log, whose pages are read in place of the file's.</summary>
    /// <remarks>LiteDB would shorten a log that ends within a page, and remove an empty one: it is handed the whole pages.</remarks>
    public static Engine OpenToRead(string path)
    {
        var log = LogPathOf(path) is var at && File.Exists(at) ? File.ReadAllBytes(at) : [];
        var pages = new MemoryStream(log, 0, log.Length - (log.Length % LogLook.PageSize), writable: false);
        return new(path, new LiteEngine(new EngineSettings { Filename = path, ReadOnly = true, LogStream = pages }));
    }

    /// <summary>Where LiteDB keeps what it has not laid into a file yet.</summary>
    public static string LogPathOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + "-log" + Path.GetExtension(path));

    /// <summary>Documents of a collection, in the order of their ids.</summary>
    public IEnumerable<BsonDocument> All(string collection)
    {
        using var reader = Open.Query(collection, new Query());
        while (reader.Read()) yield return reader.Current.AsDocument;
    }

    /// <summary>Documents of a collection, those of the highest ids first.</summary>
    public IEnumerable<BsonDocument> NewestFirst(string collection)
    {
        using var reader = Open.Query(collection, new Query { OrderBy = BsonExpression.Create("_id"), Order = Query.Descending });
        while (reader.Read()) yield return reader.Current.AsDocument;
    }

    /// <summary>Those of an id or a higher one, in the order of their ids.</summary>
    public IEnumerable<BsonDocument> From(string collection, long id)
    {
        var query = new Query();
        query.Where.Add(Query.GTE("_id", id));
        using var reader = Open.Query(collection, query);
        while (reader.Read()) yield return reader.Current.AsDocument;
    }

    /// <summary>Does several things or none.</summary>
    public void Together(Action<Engine> act)
    {
        Open.BeginTrans();
        try
        {
            act(this);
            Open.Commit();
        }
        catch
        {
            try
            {
                _engine?.Rollback();
            }
            catch (Exception fault) when (fault is LiteException or IOException or ObjectDisposedException)
            {
                // The first fault is the one to tell of.
            }
            throw;
        }
    }

    /// <summary>Adds documents whose ids are new.</summary>
    public void Insert(string collection, IReadOnlyCollection<BsonDocument> documents) =>
        Open.Insert(collection, documents, BsonAutoId.ObjectId);

    /// <summary>Adds documents, or lays them over those that have their ids.</summary>
    public void Upsert(string collection, IReadOnlyCollection<BsonDocument> documents)
    {
        if (documents.Count > 0) Open.Upsert(collection, documents, BsonAutoId.ObjectId);
    }

    public void Delete(string collection, IReadOnlyCollection<BsonValue> ids)
    {
        if (ids.Count > 0) Open.Delete(collection, ids);
    }

    public void Checkpoint() => Open.Checkpoint();

    /// <summary>Gives up the open file; the next act opens it again.</summary>
    public void Reopen()
    {
        try
        {
            _engine?.Dispose();
        }
        catch (Exception fault) when (fault is LiteException or IOException or ObjectDisposedException)
        {
            // It was broken; that is why it goes.
        }
        _engine = null;
    }

    public void Dispose()
    {
        _engine?.Dispose();
        _engine = null;
    }
}

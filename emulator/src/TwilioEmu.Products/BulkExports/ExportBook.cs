using System.Collections.Immutable;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Tells of which days there are files.</summary>
/// <remarks>
/// Loop-confined. A day has a file once the daily export or a completed job made one, for seven days (twilio.com/docs/usage/bulkexport),
/// if it has records (inferred). Files are not kept: they are written anew from the records as they are when they are asked for.
/// </remarks>
internal sealed class ExportBook(World world, IReadOnlyList<ExportSource> sources)
{
    /// <summary>twilio.com/docs/usage/bulkexport: files are removed after seven days.</summary>
    private const int DaysKept = 7;

    public World World => world;

    /// <summary>Of this minute, UTC.</summary>
    public DateOnly Today => DayOf(world.Clock.GetUtcNow());

    /// <summary>A resource type as the path spells it, or null.</summary>
    public ExportSource? Find(string resourceType) => sources.FirstOrDefault(s => s.ResourceType == resourceType);

    public ExportConfiguration ConfigurationOf(AccountSid account, string resourceType) =>
        world.Store.Table(ExportConfiguration.Table, account).Find(resourceType) ?? new ExportConfiguration(resourceType);

    /// <summary>Files, newest day first.</summary>
    public List<DayFile> Files(AccountSid account, ExportSource source)
    {
        var makers = MakersOf(account, source);
        var files = new List<DayFile>();
        foreach (var day in Days(account, source, makers.Earliest))
        {
            if (makers.OriginOf(day.Key) is { } origin) files.Add(new DayFile(source, day.Key, origin, [.. day]));
        }
        return files;
    }

    /// <summary>The file of a day, or null.</summary>
    public DayFile? File(AccountSid account, ExportSource source, DateOnly day)
    {
        if (MakersOf(account, source).OriginOf(day) is not { } origin) return null;
        var records = source.NewestFirst(account)
            .SkipWhile(r => r.Day > day)
            .TakeWhile(r => r.Day == day)
            .Select(r => r.Face)
            .ToImmutableArray();
        return records.IsEmpty ? null : new DayFile(source, day, origin, records);
    }

    /// <summary>Days of a job that have records now, oldest first.</summary>
    public ImmutableArray<DateOnly> FilledDays(ExportJob job) =>
        Find(job.ResourceType) is { } source
            ? [.. Days(job.Account, source, job.First).Select(d => d.Key).Where(job.Covers).Reverse()]
            : [];

    private static IEnumerable<IGrouping<DateOnly, IFace>> Days(AccountSid account, ExportSource source, DateOnly earliest) =>
        source.NewestFirst(account).TakeWhile(r => r.Day >= earliest).GroupBy(r => r.Day, r => r.Face);

    private Makers MakersOf(AccountSid account, ExportSource source)
    {
        var since = Today.AddDays(-DaysKept);
        var jobs = world.Store.Table(ExportJob.Table, account).NewestFirst()
            .Where(j => j.ResourceType == source.ResourceType && j.IsCompleted && DayOf(j.Due) > since).ToList();
        return new Makers(Today, since, ConfigurationOf(account, source.ResourceType).IsEnabled, jobs);
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>What may have made files.</summary>
    private sealed record Makers(DateOnly Today, DateOnly Since, bool IsDaily, List<ExportJob> Jobs)
    {
        public DateOnly Earliest => Jobs.Select(j => j.First).Append(IsDaily ? Since : Today).Min();

        public ExportOrigin? OriginOf(DateOnly day)
        {
            if (day >= Today) return null;
            foreach (var job in Jobs) if (job.Covers(day)) return new ExportOrigin(DayOf(job.Due), job.FriendlyName);
            return IsDaily && day >= Since ? new ExportOrigin(day.AddDays(1), null) : null;
        }
    }
}

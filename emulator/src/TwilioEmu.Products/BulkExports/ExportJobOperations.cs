using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Custom jobs (twilio.com/docs/usage/bulkexport/export-custom-job, /jobs).</summary>
/// <remarks>
/// Loop-confined. An account's jobs run one after another, a minute each (inferred). The refusals have no codes of their own: 20001.
/// </remarks>
internal sealed class ExportJobOperations(ExportBook book, CallbackLanes lanes)
{
    // So that memory is bounded; the live service publishes no limits.
    private const int MaxJobs = 1_000;
    private const int MaxDays = 3_660;

    // A job that is done: account, SID.
    private const string Done = "export job";

    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(1);

    /// <summary>Takes up jobs that an earlier process began; once, as the room is attached.</summary>
    public void KeepAppointments() => book.World.Appointments.On(Done, words => Complete(new AccountSid(words[0]), words[1]));

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("bulkexports_v1/CreateExportCustomJob", Create),
        ("bulkexports_v1/ListExportCustomJob", List),
        (
            "bulkexports_v1/FetchJob",
            request =>
                Jobs(request.Account).Find(request.PathValues["JobSid"]) is { } job ? Answer.Of(InQueue(job)) : Answer.NotFound(request)),
        ("bulkexports_v1/DeleteJob", Delete),
    ];

    private Answer Create(RestRequest request)
    {
        var form = request.Form;
        if (book.Find(request.PathValues["ResourceType"]) is not { } source) return Answer.NotFound(request);
        if (!ExportDays.TryParse(form["StartDay"], out var first))
        {
            return Answer.Refuse(20001, $"Invalid StartDay: '{form["StartDay"]}' is not yyyy-mm-dd");
        }
        if (!ExportDays.TryParse(form["EndDay"], out var last))
        {
            return Answer.Refuse(20001, $"Invalid EndDay: '{form["EndDay"]}' is not yyyy-mm-dd");
        }
        // twilio.com/docs/usage/bulkexport/export-custom-job: included, and two days earlier than today at the latest.
        if (last > book.Today.AddDays(-2)) return Answer.Refuse(20001, $"Invalid EndDay: {form["EndDay"]} is later than two days ago");
        if (first > last) return Answer.Refuse(20001, $"Invalid StartDay: {form["StartDay"]} is later than EndDay");
        if (last.DayNumber - first.DayNumber >= MaxDays)
        {
            return Answer.Refuse(20001, $"Invalid StartDay: a job has at most {MaxDays} days here");
        }
        if (ExportDayOperations.Fault(form) is { } fault) return Answer.Refuse(20001, fault);
        var (url, method) = (Given(form["WebhookUrl"]), Given(form["WebhookMethod"])?.ToUpperInvariant());
        if (url is null != method is null) return Answer.Refuse(20001, "WebhookUrl and WebhookMethod must be given together");
        if (Jobs(request.Account).Count >= MaxJobs) return Answer.Refuse(20001, $"An account has at most {MaxJobs} jobs here; delete some");
        var now = book.World.Clock.GetUtcNow();
        var waiting = Jobs(request.Account).NewestFirst().Where(j => !j.IsCompleted).Select(j => j.Due);
        var job = new ExportJob
        {
            Sid = book.World.Sids.New("JS"),
            Account = request.Account,
            ResourceType = source.ResourceType,
            FriendlyName = form["FriendlyName"]!,
            First = first,
            Last = last,
            WebhookUrl = url,
            WebhookMethod = method,
            Email = Given(form["Email"]),
            Due = waiting.Append(now).Max() + RunTime,
        };
        book.World.Store.Put(ExportJob.Table, request.Account, job, ExportEntries.JobCreated, request.Cause);
        if (job.Email is not null)
        {
            book.World.Journal.Warn(request.Account, request.Path, request.Cause, "no mail is sent when the job is done");
        }
        if (source.Lacks is { } lacks)
        {
            book.World.Journal.Warn(request.Account, request.Path, request.Cause, $"{source.ResourceType}: {lacks}");
        }
        book.World.Appointments.Make(Done, job.Due - now, job.Account.Value, job.Sid);
        return Answer.Of(InQueue(job));
    }

    private Answer List(RestRequest request)
    {
        if (book.Find(request.PathValues["ResourceType"]) is not { } source) return Answer.NotFound(request);
        return new Answer.List(after =>
            Jobs(request.Account).NewestFirst(after)
                .Where(j => j.ResourceType == source.ResourceType)
                .Select(j => (j.Sid, (IFace)InQueue(j))));
    }

    // A job that is deleted does not run, and its days go with it, but for those that were exported daily as well (inferred).
    private Answer Delete(RestRequest request) =>
        book.World.Store.Remove(
            ExportJob.Table, request.Account, request.PathValues["JobSid"], ExportEntries.JobDeleted, request.Cause) is null
            ? Answer.NotFound(request)
            : new Answer.NoContent();

    private void Complete(AccountSid account, string sid)
    {
        if (Jobs(account).Find(sid) is not { } job) return;
        job = job with { IsCompleted = true, Filled = book.FilledDays(job) };
        var entry = book.World.Store.Put(ExportJob.Table, account, job, ExportEntries.JobCompleted, 0);
        if (job.WebhookUrl is null) return;
        lanes.Enqueue(sid, new WebhookRequest
        {
            Account = account,
            Url = job.WebhookUrl,
            Method = job.WebhookMethod!,
            Parameters = Parameters(job),
            Subject = sid,
            Purpose = WebhookPurpose.BulkExportCallback,
            Cause = entry.Seq,
        });
    }

    /// <remarks>What the live webhook tells is not published: the job's own properties (inferred).</remarks>
    private static List<KeyValuePair<string, string>> Parameters(ExportJob job) =>
    [
        new("AccountSid", job.Account.Value),
        new("JobSid", job.Sid),
        new("ResourceType", job.ResourceType),
        new("FriendlyName", job.FriendlyName),
        new("StartDay", ExportDays.Spell(job.First)),
        new("EndDay", ExportDays.Spell(job.Last)),
        new("Status", job.Status),
    ];

    private ExportJob InQueue(ExportJob job) =>
        job.IsCompleted ? job : job with { Position = 1 + Jobs(job.Account).NewestFirst().Count(j => !j.IsCompleted && j.Due < job.Due) };

    private Table<ExportJob> Jobs(AccountSid account) => book.World.Store.Table(ExportJob.Table, account);

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

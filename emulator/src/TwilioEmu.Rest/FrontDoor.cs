using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Rest;

/// <summary>Where programs come in: every REST request of one world, from bytes to bytes.</summary>
/// <remarks>
/// Route, authenticate, read the form, check, behave, render. All but the middle runs on the request's own thread; admission and
/// behaviour share one turn of the loop, so a key revoked a moment ago opens nothing. Only a request that was admitted and read whole
/// keeps virtual time still, for a moment: what was sent slowly, or by a stranger, does not.
/// Behaviours are hung up at composition time; <see cref="HandleAsync"/> is safe from any thread.
/// Budget: a POST of a message at half the rate of a bare endpoint that parses the same form.
/// </remarks>
public sealed class FrontDoor
{
    private readonly World _world;
    private readonly TurnOfRequest _turn;
    private readonly Router _router;
    private readonly RequestReader _reader;
    private readonly AnswerWriter _writer = new();
    private readonly BasicCredentials _credentials = new();
    private readonly ApiCatalog _catalog;
    private readonly Dictionary<(string Document, string Id), Behaviour> _behaviours = [];
    private readonly Dictionary<(string Document, string Id), Behaviour?> _standIns = [];
    private readonly Dictionary<(string Document, string Id), Behaviour> _overlays = [];
    private readonly Dictionary<(string Document, string Id), Gate> _gates = [];
    private readonly Dictionary<string, Detour> _detours = new(StringComparer.Ordinal);
    private readonly ApiCodeBook _codes = new();
    private readonly StoredResources _stored;
    private readonly Behaviour _keep;
    private readonly Behaviour _serve;
    private readonly RequestsInFlight _inFlight;
    private readonly bool _storesUnbuilt;

    /// <summary>Hangs the door.</summary>
    /// <param name="world">Whose door it is.</param>
    /// <param name="authenticator">Admits and refuses.</param>
    /// <param name="catalog">The operations.</param>
    /// <param name="concurrentRequests">How many requests an account may have in flight; null for any number.</param>
    /// <param name="entries">How the journal calls what happens to stored resources.</param>
    public FrontDoor(
        World world, IAuthenticator authenticator, ApiCatalog catalog, int? concurrentRequests = null, StoredEntries? entries = null)
    {
        _inFlight = new RequestsInFlight(concurrentRequests);
        _world = world;
        _catalog = catalog;
        _router = new Router(catalog);
        _reader = new RequestReader(this, _codes);
        entries ??= new StoredEntries(_ => false);
        _storesUnbuilt = world.Options.Asked.Get(WorldSettings.StoresUnbuilt);
        _stored = new StoredResources(
            world, catalog, operation => _behaviours.GetValueOrDefault((operation.Document, operation.Id)), LackOf,
            new(entries, _codes, _storesUnbuilt));
        Documents = new StoredDocuments(world, catalog, entries, Plant);
        _keep = _stored.Serve;
        _serve = Serve;
        _turn = new TurnOfRequest(world, authenticator, _credentials, BehaviourOf, Ask);
    }

    /// <summary>What apps keep in the stored resources, for products to look up and to change.</summary>
    public StoredDocuments Documents { get; }

    /// <summary>Declares what an API says in codes of its own.</summary>
    public FrontDoor Declare(ApiCodes codes)
    {
        _codes.Add(codes);
        return this;
    }

    /// <summary>
    /// Hangs up what an operation does: one of 2010-04-01 by its id, one of another document as <c>verify_v2/CreateVerification</c>.
    /// </summary>
    public FrontDoor On(string operation, Behaviour behaviour)
    {
        _behaviours.Add(KeyOf(operation), behaviour);
        return this;
    }

    /// <summary>Opens an operation to test credentials, served by a stand-in, or by what serves everybody when there is none.</summary>
    /// <remarks>twilio.com/docs/iam/test-credentials. All others refuse them.</remarks>
    public FrontDoor OnTest(string operation, Behaviour? standIn)
    {
        _standIns.Add(KeyOf(operation), standIn);
        return this;
    }

    /// <summary>
    /// Hangs up what an operation of stored resources does beyond keeping them: <c>Over("sync_v1/CreateDocument", ...)</c>.
    /// </summary>
    public FrontDoor Over(string operation, Overlay overlay)
    {
        _overlays.Add(KeyOf(operation), request => overlay(request, _keep));
        return this;
    }

    /// <summary>Sets a gate before an operation: <c>Before("conversations_v1/CreateServiceConversation", ...)</c>.</summary>
    /// <remarks>It is asked of what is led there by a detour as well.</remarks>
    public FrontDoor Before(string operation, Gate gate)
    {
        _gates.Add(KeyOf(operation), gate);
        return this;
    }

    /// <summary>Takes some paths of a document's stored resources elsewhere, what is planted there included.</summary>
    public FrontDoor Over(string document, Detour detour)
    {
        _detours.Add(document, detour);
        return this;
    }

    /// <summary>How near an operation comes to the live service.</summary>
    public Fidelity FidelityOf(Operation operation) =>
        _behaviours.ContainsKey((operation.Document, operation.Id)) || (_overlays.ContainsKey((operation.Document, operation.Id))
            && Relations.Shared.LackOf(operation) is null) ? Fidelity.Behaves
        : operation.Kind == OperationKind.Action && Relations.Shared is { } relations && relations.ActOf(operation) is null ? Fidelity.Shape
        : Fidelity.Stores;

    /// <summary>What the live service does when the operation is called and the emulator does not, where that is known; or null.</summary>
    public Lack? LackOf(Operation operation) =>
        Relations.Shared.LackOf(operation)
        ?? (operation.Kind == OperationKind.Action && FidelityOf(operation) == Fidelity.Shape
            && !_overlays.ContainsKey((operation.Document, operation.Id))
            ? Lack.OfShape
            : null);

    /// <summary>True when the operation is answered 501 because its main effect is missing.</summary>
    public bool IsRefused(Operation operation) =>
        !_storesUnbuilt && !_behaviours.ContainsKey((operation.Document, operation.Id)) && LackOf(operation) is { IsMain: true };

    /// <summary>What is hung at operations that no document has: a slip in the composition, for a test to find.</summary>
    public IEnumerable<string> StrayBehaviours() =>
        _behaviours.Keys.Concat(_standIns.Keys).Concat(_overlays.Keys).Concat(_gates.Keys).Concat(_codes.Named)
            .Where(k => _catalog.Find(k.Document)?.Find(k.Id) is null)
            .Select(k => $"{k.Document}/{k.Id}");

    /// <summary>Puts a resource where no request of the API makes one: what only the live service's own doings leave behind.</summary>
    /// <param name="account">Whose it will be.</param>
    /// <param name="product">Host label: <c>video</c>.</param>
    /// <param name="path">Of the instance, or of the list to have a key made: <c>/v1/Rooms/RM.../Participants</c>.</param>
    /// <param name="properties">A JSON object, names as in the API's answers.</param>
    /// <returns>Null, or why not. Loop-confined.</returns>
    public TwilioError? PutResource(AccountSid account, string product, string path, JsonElement properties) =>
        Put(account, product, path, properties).Refusal;

    /// <summary>Exactly one of the two is not null.</summary>
    private (Document? Made, TwilioError? Refusal) Put(AccountSid account, string product, string path, JsonElement properties)
    {
        var bare = ResourceLocator.WithoutExtension(path);
        var operations = _catalog.Match(product, bare, out var values);
        var operation = operations?.FirstOrDefault(o => o.Kind is OperationKind.Fetch or OperationKind.List);
        if (operation is null) return (null, TwilioError.NotFound(path));
        if (_behaviours.ContainsKey((operation.Document, operation.Id)))
        {
            return (null, ErrorCodes.Error(20409, $"{operation.Id} shows what the emulator itself makes; nothing can be put there"));
        }
        var request = new RestRequest
        {
            Operation = operation,
            Principal = new Principal(account, account.Value),
            Account = account,
            Path = path,
            PathValues = new PathValues(operation.PathNames, values),
            Query = FormValues.Empty,
            Form = FormValues.Empty,
            Json = properties,
            BaseUrl = "",
            Cause = 0,
        };
        var planted = _stored.Put(_detours.GetValueOrDefault(operation.Document)?.Elsewhere(request) ?? request);
        return planted is null ? (null, TwilioError.NotFound(path)) : (planted, null);
    }

    /// <summary>Puts a resource that a product makes by itself, as <see cref="PutResource"/> does.</summary>
    private Document Plant(AccountSid account, string product, string path, JsonObject properties)
    {
        var (made, refusal) = Put(account, product, path, JsonText.ElementOf(properties));
        return made ?? throw new InvalidOperationException($"{path}: {refusal?.Message}");
    }

    /// <summary>What a request shows of itself, for hosts beside this door; all null without usable credentials.</summary>
    /// <remarks>Safe from any thread.</remarks>
    public (string? User, string? Password, string? Bearer) CredentialsOf(HttpRequest request)
    {
        var shown = _credentials.Read(request.Headers.Authorization);
        return (shown.User, shown.Password, shown.Bearer);
    }

    /// <summary>Answers one request; a terminal middleware.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The host's boundary: a fault here is answered 500 and journalled.")]
    public async Task HandleAsync(HttpContext http)
    {
        var started = _world.Options.Wall.GetTimestamp();
        var route = _router.Find(http.Request, out var refusal);
        var credentials = _credentials.Read(http.Request.Headers.Authorization);
        var account = route.Values.TryGetValue("AccountSid", out var named) ? named : credentials.Account ?? credentials.User ?? "";
        var concurrent = _inFlight.Enter(account);
        PendingRequest? pending = null;
        try
        {
            if (HttpMethods.IsOptions(http.Request.Method))
            {
                AnswerWriter.WriteOptions(http.Response);
                return;
            }
            pending = await _reader.ReadAsync(http, route, refusal, credentials, _inFlight.IsBeyondCeiling(concurrent));
            if (_world.Loop.TryRunOutside(_turn.Run, pending, isErrand: pending.Errand is not null)) await pending.Turn;
            else pending.Answer = new Answer.Refusal(ErrorCodes.Error(20503));
            if (_world.Keeper is { } keeper && pending.Changed > 0) await KeptAsync(keeper, pending);
            await _writer.WriteAsync(http, pending, concurrent, _world.Options.Wall.GetElapsedTime(started));
            if (pending.CameFrom is { } outside) _world.Clock.Note(outside);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            await _writer.WriteErrorAsync(http, new TwilioError(20001, bad.StatusCode, bad.Message), AnswerFormats.Of(route));
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            _world.Loop.TryPost(
                static state =>
                {
                    var (world, path, fault) = ((World, string, Exception))state!;
                    world.Journal.TellOfFault(fault, path);
                },
                (_world, route.Path, fault));
            await _writer.WriteErrorAsync(http, ErrorCodes.Error(20500), AnswerFormats.Of(route));
        }
        finally
        {
            _inFlight.Leave(account);
        }
    }

    /// <summary>What is answered is kept; where it cannot be, that is said (20500) and not that it was done.</summary>
    private static async ValueTask KeptAsync(IKeeper keeper, PendingRequest pending)
    {
        try
        {
            await keeper.KeptAsync(pending.Changed);
        }
        catch (KeepingException)
        {
            pending.Answer = new Answer.Refusal(ErrorCodes.Error(20500));
        }
    }

    private Answer Serve(RestRequest request)
    {
        var detour = _detours.GetValueOrDefault(request.Operation.Document);
        return detour?.Elsewhere(request) is { } other ? detour.Back(request, other, ServeHere(other)) : ServeHere(request);
    }

    private Task<Admission>? Ask(RestRequest request)
    {
        if (_gates.Count == 0) return null;
        var there = _detours.GetValueOrDefault(request.Operation.Document)?.Elsewhere(request) ?? request;
        return _gates.TryGetValue((there.Operation.Document, there.Operation.Id), out var gate) ? gate(there) : null;
    }

    private Answer ServeHere(RestRequest request) =>
        _overlays.GetValueOrDefault((request.Operation.Document, request.Operation.Id), _keep)(request);

    // Not looked up: documents are read when first asked for, and a start would read them all.
    private static (string Document, string Id) KeyOf(string operation) =>
        operation.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
            ? (operation[..slash], operation[(slash + 1)..])
            : (ApiCatalog.ClassicDocument, operation);

    /// <summary>Null for what test credentials may not do.</summary>
    private Behaviour? BehaviourOf(Operation operation, Principal principal)
    {
        if (principal.IsTest)
        {
            if (!_standIns.TryGetValue((operation.Document, operation.Id), out var standIn)) return null;
            if (standIn is not null) return standIn;
        }
        return _behaviours.TryGetValue((operation.Document, operation.Id), out var behaviour) ? behaviour : _serve;
    }
}

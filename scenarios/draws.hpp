#pragma once

// The one list of random decisions, for questions that draw: analysis does not include models.
#include "models/draws.hpp"
